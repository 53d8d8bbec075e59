"""Names of customers and agents in what is observed: a salutation goes, what is said of somebody is not told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.domain.access import ACCESS_PREFIX
from engine.domain.knowledge import DocumentKind, KnowledgeBase
from engine.domain.proposals import Observation
from engine.insights.observing import MAX_ANSWER, observed_cases
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database, publish


@pytest.fixture
def knowledge() -> Iterator[SqlKnowledgeRepository]:
    with database() as engine:
        found = SqlKnowledgeRepository(engine)
        found.add_knowledge_base(KnowledgeBase("kb"))
        yield found


def told(knowledge: SqlKnowledgeRepository, text: str, title: str = "Why?", **fields: object) -> list[Observation]:
    publish(knowledge, "c1", text, ends=(len(text),), kind=DocumentKind.CASE, title=title, **fields)
    return list(observed_cases(knowledge, "kb"))


def answers(knowledge: SqlKnowledgeRepository, resolution: str, language: str = "en") -> list[str]:
    text = f"Question\n\nIt does not switch off.\n\nResolution\n\n{resolution}"
    return [each.answer for each in told(knowledge, text, language=language)]


@pytest.mark.parametrize(
    ("resolution", "language", "kept"),
    [
        ("Dear Ms. [name 1], boil it once.", "en", "boil it once."),
        ("Hello [name 1], boil it once.", "en", "boil it once."),
        ("Hi, [name 1]! Boil it once.", "en", "Boil it once."),
        ("[name 1], boil it once.", "en", "boil it once."),
        ("Boil it once, [name 1], then rinse it.", "en", "Boil it once, then rinse it."),
        ("Rinse it. [name 1], boil it once.", "en", "Rinse it. boil it once."),
        ("Guten Tag Herr [name 1], kochen Sie es aus.", "de", "kochen Sie es aus."),
        ("Sehr geehrte Frau [name 1], kochen Sie es aus.", "de", "kochen Sie es aus."),
        ("[name 1]様、フィルターを洗ってください。", "ja", "フィルターを洗ってください。"),
        ("[name 1]先生您好，请先清洗滤网。", "zh-Hans", "请先清洗滤网。"),
        ("您好[name 1]女士，請先清洗濾網。", "zh-Hant", "請先清洗濾網。"),
        ("[name 1]님, 필터를 씻어 주세요.", "ko", "필터를 씻어 주세요."),
    ],
)
def test_a_salutation_leaves_no_trace(
    knowledge: SqlKnowledgeRepository, resolution: str, language: str, kept: str
) -> None:
    assert answers(knowledge, resolution, language) == [kept]


@pytest.mark.parametrize(
    ("resolution", "language", "kept"),
    [
        ("Your kettle was repaired by [name 1] in Leiden. Rinse it.", "en", "Rinse it."),
        ("The parcel was left with Mr. [name 1]. Rinse it.", "en", "Rinse it."),
        ("Please call [name 1]'s office. Rinse it.", "en", "Rinse it."),
        ("As soon as [name 1], our technician, has time, he comes. Rinse it.", "en", "Rinse it."),
        ("フィルターは[name 1]さんが洗いました。水で流します。", "ja", "水で流します。"),
        ("已由[name 1]先生签收。请先清洗滤网。", "zh-Hans", "请先清洗滤网。"),
    ],
)
def test_what_somebody_did_is_left_out_as_a_whole(
    knowledge: SqlKnowledgeRepository, resolution: str, language: str, kept: str
) -> None:
    assert answers(knowledge, resolution, language) == [kept]


@pytest.mark.parametrize(
    "text",
    [
        "Question\n\nIt does not switch off.\n\nResolution\n\n",
        "Resolution\n\nYour order MV-2026-118420 is on its way.",
        "Question\n\nIt does not switch off.",
        "",
    ],
)
def test_without_an_answer_for_everybody_nothing_is_observed(knowledge: SqlKnowledgeRepository, text: str) -> None:
    assert told(knowledge, text) == []


def test_a_case_without_a_question_is_asked_by_its_title(knowledge: SqlKnowledgeRepository) -> None:
    (found,) = told(knowledge, "Resolution\n\nBoil it once.", title="kettle does not switch off")
    assert found.question == "Kettle does not switch off"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("eSIM, why does it not work?", "eSIM, why does it not work?"),
        ("why so loud?", "Why so loud?"),
        ("It hums. Why does it hum? Since when?", "Why does it hum?"),
        ("它响。为什么会响？", "为什么会响？"),
        ("It hums. It stinks.", "It hums."),
    ],
)
def test_the_first_sentence_that_asks_is_the_question(
    knowledge: SqlKnowledgeRepository, question: str, asked: str
) -> None:
    (found,) = told(knowledge, f"Question\n\n{question}\n\nResolution\n\nBoil it once.", title="Ticket")
    assert found.question == asked


def test_lines_of_steps_stay_lines(knowledge: SqlKnowledgeRepository) -> None:
    assert answers(knowledge, "1. Unplug it.\n2. Fill in vinegar.\n\nThen rinse it.") == [
        "1. Unplug it.\n2. Fill in vinegar.\nThen rinse it."
    ]


def test_an_answer_is_bounded(knowledge: SqlKnowledgeRepository) -> None:
    (found,) = answers(knowledge, "Boil it once more. " * 200)
    assert len(found) <= MAX_ANSWER


def test_readers_are_told_in_order_and_other_tags_are_not(knowledge: SqlKnowledgeRepository) -> None:
    tags = (f"{ACCESS_PREFIX}b", "kettle", f"{ACCESS_PREFIX}a")
    (found,) = told(knowledge, "Resolution\n\nBoil it once.", tags=tags)
    assert found.access == (f"{ACCESS_PREFIX}a", f"{ACCESS_PREFIX}b")


def test_a_case_keeps_its_id_whatever_it_says(knowledge: SqlKnowledgeRepository) -> None:
    (first,) = told(knowledge, "Resolution\n\nBoil it once.")
    (second,) = told(knowledge, "Resolution\n\nRinse it.", version=2)
    assert (first.id, first.answer, second.answer) == (second.id, "Boil it once.", "Rinse it.")
