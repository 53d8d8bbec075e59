from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.answer import AnswerMode
from engine.domain.conversation import Role, Turn
from engine.domain.summary import Progress, StatementEvent, Summary, SummaryPart, SummaryPurpose, SummaryRequest
from engine.errors import InvalidInput
from tests.fakes.conversations import PARCEL, ROBOT, conversation, summarizer


def assert_exact(found: Summary, turns: tuple[Turn, ...]) -> None:
    for section in found.sections:
        for each in section.statements:
            assert each.places
            assert all(quote.span.of(turns[quote.place].text) == quote.text for quote in (*each.quotes, *each.due))
    assert all(quote.span.of(turns[quote.place].text) == quote.text for fact in found.facts for quote in fact.quotes)


def test_a_summary_says_it_all_and_points_to_its_turns() -> None:
    found = summarizer().summary(SummaryRequest(PARCEL))
    assert (found.language, found.mode, found.progress) == ("en", AnswerMode.EXTRACTIVE, Progress.PROMISED)
    assert found.text.startswith("Issue\n- My parcel has not arrived. [0]\n")
    assert "- We will call you by Friday at 12:00 with the result. [2]" in found.text
    assert "- I have opened an investigation with the carrier. [1]" in found.text
    assert_exact(found, PARCEL)


def test_it_is_the_same_every_time() -> None:
    assert summarizer().summary(SummaryRequest(ROBOT)) == summarizer().summary(SummaryRequest(ROBOT))


@pytest.mark.parametrize(
    ("turns", "language", "heading"),
    [
        (ROBOT, "zh-Hans", "已尝试"),
        (PARCEL, "en", "Promises"),
        (conversation("C: 壊れました。"), "ja", "お問い合わせ内容"),
    ],
)
def test_headings_are_in_the_customers_language(turns: tuple[Turn, ...], language: str, heading: str) -> None:
    found = summarizer().summary(SummaryRequest(turns))
    assert found.language == language
    assert heading in [section.heading for section in found.sections]


def test_the_caller_may_choose_the_language() -> None:
    found = summarizer().summary(SummaryRequest(ROBOT, language="de"))
    assert found.sections[0].heading == "Anliegen"
    assert "我的Drift R3一直报E4" in found.text


@pytest.mark.parametrize("purpose", list(SummaryPurpose))
def test_the_purpose_orders_the_parts(purpose: SummaryPurpose) -> None:
    parts = [section.part for section in summarizer().summary(SummaryRequest(PARCEL, purpose)).sections]
    assert parts[0] is SummaryPart.ISSUE
    assert (parts[1] is SummaryPart.PROMISES) == (purpose is SummaryPurpose.HAND_OVER)


def test_a_stream_yields_every_statement_once_and_then_the_whole() -> None:
    *events, last = summarizer().stream(SummaryRequest(PARCEL))
    assert isinstance(last, Summary)
    said = [event.statement for event in events if isinstance(event, StatementEvent)]
    assert said == [each for section in last.sections for each in section.statements]


def test_a_bad_conversation_is_refused_before_the_first_event() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        next(summarizer().stream(SummaryRequest(())))


def test_the_mood_names_the_worst_turn_and_the_last() -> None:
    turns = conversation(
        "C: This is ridiculous, I am furious!!", "A: I have refunded it.", "C: Thank you, that is great"
    )
    (mood,) = [each for each in summarizer().summary(SummaryRequest(turns)).sections if each.part is SummaryPart.MOOD]
    assert mood.statements[0].places == (0, 2)
    assert "anger" in mood.statements[0].text


def test_long_conversations_take_linear_time_and_keep_short() -> None:
    rng = random.Random(5)
    pool = (*PARCEL, *ROBOT)
    turns = {count: tuple(rng.choice(pool) for _ in range(count)) for count in (200, 800)}
    spent = {}
    for count, said in turns.items():
        begun = time.process_time()
        found = summarizer().summary(SummaryRequest(said))
        spent[count] = time.process_time() - begun
        assert len(found.text) < 6000
    assert spent[800] < 12 * spent[200]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Role)), st.text(st.sampled_from("ab 1?。.我坏でE4-"), max_size=30)), max_size=6
    )
)
def test_any_conversation_gives_exact_quotes_or_a_refusal(said: list[tuple[Role, str]]) -> None:
    turns = tuple(Turn(role, text) for role, text in said)
    try:
        found = summarizer().summary(SummaryRequest(turns))
    except InvalidInput:
        assert not any(turn.role is Role.CUSTOMER and turn.text.strip() for turn in turns)
    else:
        assert_exact(found, turns)
