"""The engine: answers with exact citations, in the customer's language, from what holds today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.answering.abstain import abstention
from engine.domain.answer import AbstentionReason, AnswerMode
from engine.domain.conversation import Role, Turn, TurnAction
from engine.languages.registry import profiles
from tests.builders import asked
from tests.unit.engine.desk import Desk, open_desk, page

PAGES = [
    page(
        "warranty",
        "All appliances are covered for two years. Batteries are covered for one year.",
        title="Warranty of the Drift R3",
    ),
    page(
        "delivery",
        "Who pays duties?\nMaruvale pays the duties for the United Kingdom.\n\n"
        "How long does delivery take?\nParcels arrive in one to three working days.",
        title="Delivery",
    ),
    page(
        "kettle-zh",
        "水壶每两个月除垢一次。\n1. 加入15克柠檬酸。\n2. 烧开后静置。\n3. 冲洗两遍。",
        language="zh-Hans",
        title="水壶除垢",
    ),
    page("points-hant", "會員點數18個月未消費即失效。點數不可轉讓給他人。", language="zh-Hant", title="會員點數"),
    page(
        "konbini-ja",
        "コンビニ払いは3日以内にお支払いください。手数料はかかりません。",
        language="ja",
        title="コンビニ払い",
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        opened.add(*PAGES)
        yield opened


@pytest.mark.parametrize(
    ("question", "language", "expected", "source"),
    [
        ("How long are batteries covered?", "en", "Batteries are covered for one year.", "warranty.md"),
        ("How long does delivery take?", "en", "Parcels arrive in one to three working days.", "delivery.md"),
        ("水壶多久除垢一次？", "zh-Hans", "水壶每两个月除垢一次。", "kettle-zh.md"),
        ("會員點數多久會失效？", "zh-Hant", "會員點數18個月未消費即失效。", "points-hant.md"),
        ("コンビニ払いはいつまでに支払いますか？", "ja", "コンビニ払いは3日以内にお支払いください。", "konbini-ja.md"),
    ],
)
def test_a_question_is_answered_in_its_language_from_the_right_page(
    desk: Desk, question: str, language: str, expected: str, source: str
) -> None:
    answer = desk.ask(question)
    assert answer.text is not None
    assert expected in answer.text.text
    assert (answer.text.language, answer.question.language) == (language, language)
    assert answer.text.mode is AnswerMode.EXTRACTIVE
    assert source in {citation.uri for citation in answer.citations}
    assert answer.abstained is None


@pytest.mark.parametrize(
    "question", ["Who pays duties?", "水壶怎么除垢？", "會員點數可以轉讓嗎？", "コンビニ払いの手数料は？"]
)
def test_citations_are_the_stored_text_and_cover_the_answer(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.text is not None
    for citation in answer.citations:
        assert citation.span.of(desk.stored(citation.document_id, citation.version)) == citation.quote
        assert citation.answer_span.of(answer.text.text) == citation.quote
    uncited = answer.text.text
    for citation in answer.citations:
        uncited = uncited.replace(citation.quote, "")
    assert answer.citations
    assert uncited.strip() == ""


def test_steps_come_whole_on_lines_of_their_own(desk: Desk) -> None:
    answer = desk.ask("水壶怎么除垢？")
    assert answer.text is not None
    assert answer.text.text.split("\n") == ["1. 加入15克柠檬酸。", "2. 烧开后静置。", "3. 冲洗两遍。"]


def test_a_clear_question_is_answered_by_default(desk: Desk) -> None:
    answer = desk.ask("Are all appliances covered for two years, and the Drift R3?", threshold=None)
    assert answer.abstained is None
    assert 0.0 < answer.confidence <= 1.0


def test_what_else_the_page_answers_is_suggested(desk: Desk) -> None:
    assert desk.ask("How long does delivery take?").follow_ups == ("Who pays duties?",)


def test_the_time_of_the_stages_is_reported(desk: Desk) -> None:
    timings = desk.ask("Who pays duties?").timings_ms
    assert {"language", "search", "extract", "write"} <= timings.keys()
    assert all(value >= 0 for value in timings.values())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Which planet has the most moons?", "en"),
        ("哪颗行星的一天最长？", "zh-Hans"),
        ("請問哪顆行星的一天最長？", "zh-Hant"),
        ("一日が最も長い惑星はどれですか？", "ja"),
    ],
)
def test_what_the_knowledge_does_not_hold_is_not_answered(desk: Desk, question: str, language: str) -> None:
    answer = desk.ask(question, threshold=None)
    phrases = profiles()[language].phrases
    assert answer.text is None
    assert answer.citations == ()
    assert answer.abstained is not None
    assert answer.abstained.message in {phrases.no_evidence, phrases.low_confidence}


def test_an_answer_below_the_threshold_is_withheld(desk: Desk) -> None:
    question = "How long are batteries covered?"
    answer = desk.ask(question, threshold=1.0)
    assert answer.abstained is not None
    assert answer.abstained.reason is AbstentionReason.LOW_CONFIDENCE
    assert answer.text is None
    assert answer.confidence == desk.ask(question).confidence


def test_passages_that_share_no_word_with_the_question_are_no_evidence(desk: Desk) -> None:
    answer = desk.ask("Which planet has the most moons?", threshold=1.0)
    assert answer.abstained == abstention(AbstentionReason.NO_EVIDENCE, "en")


@pytest.mark.parametrize("question", ["🧺", "🙂🙂🙂", "?!…", "👩🏽‍🔧 ❤️"])
def test_emoji_and_punctuation_get_no_answer(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.abstained is not None
    assert answer.abstained.reason is AbstentionReason.NO_EVIDENCE
    assert answer.text is None


@pytest.mark.parametrize(
    ("before", "language"), [("How long are batteries covered?", "en"), ("水壶多久除垢一次？", "zh-Hans")]
)
def test_an_emoji_in_a_conversation_asks_nothing_in_its_language(desk: Desk, before: str, language: str) -> None:
    answer = desk.ask("🙂", history=asked(before))
    assert answer.question.language == language
    assert answer.abstained == abstention(AbstentionReason.NO_EVIDENCE, language)


def test_the_language_can_be_given(desk: Desk) -> None:
    assert desk.ask("Drift R3", language="ja", threshold=1.0).question.language == "ja"


@pytest.mark.parametrize(
    "question",
    ["' OR 1=1 --", '"}{"must":[]}', "{{7*7}} ${x} %s", "\\x00\x00 [1] NO_ANSWER", "知识库:* AND \ud83d", "a" * 4000],
)
def test_a_question_made_to_break_things_is_a_question(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert (answer.text is None) is (answer.abstained is not None)


def test_a_question_over_several_lines_is_kept_as_typed(desk: Desk) -> None:
    assert desk.ask("  Who pays\nduties?  ").question.text == "Who pays\nduties?"


# conversations


def test_a_conversation_is_remembered(desk: Desk) -> None:
    first = desk.ask("How long is the warranty of the Drift R3?")
    desk.ask("Who pays duties?", conversation=first.conversation_id)
    turns = desk.engine.parts.conversations.history(first.conversation_id)
    assert [turn.role for turn in turns] == [Role.CUSTOMER, Role.ASSISTANT] * 2
    assert turns[0].text == "How long is the warranty of the Drift R3?"
    assert first.text is not None
    assert turns[1].text == first.text.text


def test_an_abstention_is_remembered_as_it_was_said(desk: Desk) -> None:
    answer = desk.ask("🧺")
    assert answer.abstained is not None
    (_, said) = desk.engine.parts.conversations.history(answer.conversation_id)
    assert said == Turn(Role.ASSISTANT, answer.abstained.message, TurnAction.ABSTAIN)


def test_each_question_without_a_conversation_begins_one(desk: Desk) -> None:
    assert desk.ask("Who pays duties?").conversation_id != desk.ask("Who pays duties?").conversation_id


@pytest.mark.parametrize(
    ("before", "question", "source"),
    [
        ("Does the Drift R3 have a warranty?", "And the batteries?", "warranty.md"),
        ("水壶需要除垢吗？", "多久一次？", "kettle-zh.md"),
        ("會員點數可以轉讓嗎？", "那多久會失效？", "points-hant.md"),
        ("コンビニ払いはできますか？", "手数料は？", "konbini-ja.md"),
    ],
)
def test_a_short_follow_up_finds_its_page(desk: Desk, before: str, question: str, source: str) -> None:
    first = desk.ask(before)
    answer = desk.ask(question, conversation=first.conversation_id)
    assert answer.citations
    assert answer.citations[0].uri == source
    assert (answer.question.text, before in answer.question.standalone) == (question, True)


def test_a_history_that_is_sent_along_counts_instead_of_the_stored_one(desk: Desk) -> None:
    first = desk.ask("水壶需要除垢吗？")
    answer = desk.ask(
        "And the batteries?", conversation=first.conversation_id, history=asked("The warranty of the R3?")
    )
    assert answer.citations[0].uri == "warranty.md"
    assert "水壶" not in answer.question.standalone


# validity and versions

OLD, NEW = (
    page(name, text, title="Returns policy")
    for name, text in (
        ("returns-2024", "Goods may be returned within 14 days."),
        ("returns-2026", "Goods may be returned within 30 days."),
    )
)
OLD = (replace(OLD[0], effective_from=date(2024, 1, 1), effective_until=date(2026, 2, 28)), OLD[1])
NEW = (replace(NEW[0], effective_from=date(2026, 3, 1)), NEW[1])


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("policies")) as opened:
        opened.add(OLD, NEW)
        yield opened


@pytest.mark.parametrize(
    ("as_of", "days"),
    [(None, "30 days"), (date(2026, 3, 1), "30 days"), (date(2026, 2, 28), "14 days"), (date(2024, 1, 1), "14 days")],
)
def test_the_policy_that_holds_on_the_day_is_quoted(policies: Desk, as_of: date | None, days: str) -> None:
    answer = policies.ask("Within how many days may goods be returned?", as_of=as_of)
    assert answer.text is not None
    assert days in answer.text.text
    assert len({citation.document_id for citation in answer.citations}) == 1


def test_before_any_policy_held_there_is_no_answer(policies: Desk) -> None:
    answer = policies.ask("Within how many days may goods be returned?", as_of=date(2023, 12, 31))
    assert answer.abstained is not None
    assert answer.abstained.reason is AbstentionReason.NO_EVIDENCE


def test_chunks_of_versions_that_are_not_current_are_left_out(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(
            page("filter", "The filter lasts six months."), page("filter", "The filter lasts 8 months.", version=2)
        )
        desk.stage(*page("filter", "The filter lasts twelve months.", version=3))
        found = desk.engine.search("help", "How long does the filter last?")
        answer = desk.ask("How long does the filter last?")
    assert [passage.text for passage in found.passages] == ["The filter lasts 8 months."]
    assert [(citation.version, citation.quote) for citation in answer.citations] == [(2, "The filter lasts 8 months.")]


def test_chunks_that_a_deleted_document_left_behind_are_left_out(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        document, text = page("filter", "The filter lasts 8 months.")
        desk.add((document, text))
        desk.engine.parts.knowledge.delete_document(document.id)
        assert desk.engine.search("help", "filter").passages == ()
