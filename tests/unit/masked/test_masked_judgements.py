"""What is kept of feedback and suggestions where the settings say that it is masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import KnowledgeBase
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind
from engine.errors import Conflict
from engine.masked.feedback import MaskedFeedback
from engine.masked.suggestions import MaskedSuggestions
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from tests.fakes.repositories import database, exchange

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SUGGESTED = "Dear Lena Fischer, we write to lena@post.example."
SHOWN = ShownSuggestion("s.0", "kb", "", SuggestionKind.CANNED, "late", SUGGESTED, 0.5)
GIVEN = Feedback("f", "a", Verdict.EDITED, "We wrote to lena@post.example", 2, "My number is +49 151 23456789", NOW)


@pytest.fixture
def kept() -> Iterator[Engine]:
    with database() as engine:
        SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb"))
        said = exchange("a")
        SqlConversationRepository(engine).append("c", [Turn(Role.CUSTOMER, said.question)], exchange=said)
        yield engine


def test_feedback_is_kept_with_placeholders(kept: Engine) -> None:
    feedback = MaskedFeedback(SqlFeedbackRepository(kept))
    masked = replace(GIVEN, edited_text="We wrote to [email 1]", comment="My number is [phone 1]")
    assert feedback.add(GIVEN) == masked
    assert [each.feedback for each in feedback.reviews(limit=5)] == [masked]


def test_the_same_feedback_again_is_known_again(kept: Engine) -> None:
    feedback = MaskedFeedback(SqlFeedbackRepository(kept))
    first = feedback.add(GIVEN)
    assert feedback.add(GIVEN) == first
    with pytest.raises(Conflict):
        feedback.add(replace(GIVEN, comment="Something else"))


def test_suggestions_are_kept_with_placeholders(kept: Engine) -> None:
    plain = SqlSuggestionRepository(kept)
    of_customer = [replace(SHOWN, conversation="talk")]
    MaskedSuggestions(plain).show("s", of_customer, NOW, keep_since=NOW, customer="c-7")
    assert [each.id for each in SqlCustomerRepository(kept).conversations("c-7")] == ["talk"]
    assert plain.shown("s.0").text == "Dear [name 1], we write to [email 1]."
    assert MaskedSuggestions(plain).shown("s.0") == plain.shown("s.0")


def test_verdicts_are_kept_with_placeholders_and_compared_as_they_are_kept(kept: Engine) -> None:
    plain = SqlSuggestionRepository(kept)
    suggestions = MaskedSuggestions(plain)
    suggestions.show("s", [SHOWN], NOW, keep_since=NOW)
    sent = JudgedSuggestion(suggestions.shown("s.0"), Verdict.EDITED, SUGGESTED, 0.4, NOW)
    judged = suggestions.judge(sent)
    assert (judged.sent, judged.distance) == ("Dear [name 1], we write to [email 1].", 0.0)
    assert plain.verdict("s.0") == suggestions.verdict("s.0") == judged
    tally = suggestions.tallies("kb", "", ["late"])["", SuggestionKind.CANNED, "late"]
    assert (tally.judged, tally.credit) == (1, 1.0)


def test_a_rejection_stays_one(kept: Engine) -> None:
    judged = MaskedSuggestions(SqlSuggestionRepository(kept)).judge(
        JudgedSuggestion(SHOWN, Verdict.REJECTED, "", 1.0, NOW)
    )
    assert (judged.distance, judged.credit) == (1.0, 0.0)
