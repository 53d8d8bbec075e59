from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import DocumentKind, KnowledgeBase
from engine.insights.observing import observed_cases, observed_corrections
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database, exchange, publish

CASE = "Question\n\nHello, my kettle does not switch off.\n\nResolution\n\n{}"


@pytest.fixture
def knowledge() -> Iterator[SqlKnowledgeRepository]:
    with database() as engine:
        found = SqlKnowledgeRepository(engine)
        found.add_knowledge_base(KnowledgeBase("kb"))
        yield found


def case(knowledge: SqlKnowledgeRepository, resolution: str, title: str = "Why?", **fields: object) -> None:
    text = CASE.format(resolution)
    publish(knowledge, "c1", text, ends=(len(text),), kind=DocumentKind.CASE, title=title, **fields)


def test_a_case_tells_what_was_asked_and_what_helped(knowledge: SqlKnowledgeRepository) -> None:
    case(knowledge, "Boil it once.", tags=("kettle", "access:staff"))
    publish(knowledge, "page")
    (found,) = observed_cases(knowledge, "kb")
    assert (found.question, found.answer, found.document_id) == ("Why?", "Boil it once.", "c1")
    assert found.access == ("access:staff",)


def test_a_title_that_asks_nothing_gives_way_to_the_question(knowledge: SqlKnowledgeRepository) -> None:
    case(knowledge, "Boil it once.", title="Ticket")
    (found,) = observed_cases(knowledge, "kb")
    assert found.question == "My kettle does not switch off."


@pytest.mark.parametrize(
    ("told", "general"),
    [
        ("Boil it once, Mr. [name 1]. Rinse it.", "Boil it once. Rinse it."),
        ("Boil it once. Write to [email 1] about it.", "Boil it once."),
        ("Boil it once. Your order MV-2026-118420 is on its way.", "Boil it once."),
        ("The R3 shows E7 when it is lost.", "The R3 shows E7 when it is lost."),
        ("Thank you for waiting.", None),
    ],
)
def test_what_is_about_one_customer_is_left_out(
    knowledge: SqlKnowledgeRepository, told: str, general: str | None
) -> None:
    case(knowledge, told)
    assert [each.answer for each in observed_cases(knowledge, "kb")] == ([general] if general else [])


def test_a_corrected_answer_tells_what_an_agent_sent() -> None:
    with database() as engine:
        talks, feedback = SqlConversationRepository(engine), SqlFeedbackRepository(engine)
        about = exchange("a", conversation="talk")
        talks.append("talk", [Turn(Role.CUSTOMER, "Why?")], exchange=about)
        at = datetime(2026, 7, 1, tzinfo=UTC)
        feedback.add(Feedback("f1", "a", Verdict.ACCEPTED, "", 5, "", at))
        assert list(observed_corrections(feedback, about.knowledge_base)) == []
        feedback.add(Feedback("f2", "a", Verdict.EDITED, "Call +49 151 23456789. Boil it once.", None, "", at))
        (found,) = observed_corrections(feedback, about.knowledge_base)
        assert (found.answer, found.conversation_id, found.document_id) == ("Boil it once.", "talk", "")
        assert list(observed_corrections(feedback, "elsewhere")) == []
