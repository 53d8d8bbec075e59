from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.assist.suggesting.situation import MOOD_TURNS, Situation, recent_mood, situation_of, without_facts
from engine.assist.suggesting.steps import is_settled, missing_fact
from engine.domain.assist import Alarm, Emotion, Mood, Trajectory, Trend, TurnMood
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import FactKind, Polarity
from engine.domain.suggestion import SuggestionRequest
from engine.errors import InvalidInput
from engine.languages.detection import ScriptDetector

ANGRY = Mood(Polarity.NEGATIVE, Emotion.ANGER, 1, 0.9)


def situation(*said: str | Turn) -> Situation:
    turns = tuple(each if isinstance(each, Turn) else Turn(Role.CUSTOMER, each) for each in said)
    return situation_of("kb", SuggestionRequest(turns=turns), ScriptDetector(), limit=1000)


def agent(text: str) -> Turn:
    return Turn(Role.AGENT, text)


def test_the_last_uninterrupted_words_are_the_latest_and_the_rest_is_history() -> None:
    found = situation("My kettle leaks.", agent("Where?"), "At the lid.", "Which seal fits it?", agent("Let me see."))
    assert found.latest == "At the lid. Which seal fits it?"
    assert [turn.text for turn in found.history] == ["My kettle leaks.", "Where?"]


def test_the_first_words_have_no_history() -> None:
    assert situation("My kettle leaks.", "At the lid.").history == ()


def test_kinds_of_facts_are_told_even_where_several_were_named() -> None:
    found = situation("Order number MV-2026-118420 and order number MV-2026-118421 are late.")
    assert FactKind.ORDER_NUMBER in found.told
    assert FactKind.ORDER_NUMBER.value not in found.facts


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("My parcel has not arrived.", FactKind.ORDER_NUMBER),
        ("I want a refund.", FactKind.ORDER_NUMBER),
        ("My parcel has not arrived. The order number is MV-2026-118420.", None),
        ("The parcels of order number MV-2026-118420 and order number MV-2026-118421 have not arrived.", None),
        ("The app shows an error.", FactKind.PRODUCT),
        ("The app shows error E12 on my R3.", None),
        ("Are you open on Sundays?", None),
    ],
)
def test_a_fact_is_missing_where_the_matter_needs_it_and_nobody_has_told(said: str, missing: FactKind | None) -> None:
    assert missing_fact(situation(said)) is missing


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ("It works now, thank you!", True),
        ("解决了，谢谢", True),
        ("Thank you, but it still does not work.", False),
        ("Thank you! And how do I return the other one?", False),
        ("My kettle leaks.", False),
    ],
)
def test_what_is_settled_is_told(said: str, *, settled: bool) -> None:
    assert is_settled(said) is settled


@pytest.mark.parametrize("turns", [(), (agent("Hello"),), (Turn(Role.CUSTOMER, " "),)])
def test_a_customer_must_have_spoken(turns: tuple[Turn, ...]) -> None:
    with pytest.raises(InvalidInput):
        situation(*turns)


def test_moods_of_the_last_turns_have_their_places_in_the_whole() -> None:
    turns = [Turn(Role.CUSTOMER, str(at)) for at in range(MOOD_TURNS + 5)]
    heard: list[int] = []

    def read(last: object, language: str) -> Trajectory:
        heard.append(len(last))  # type: ignore[arg-type]
        assert language == "en"
        moods = tuple(TurnMood(place, Role.CUSTOMER, "en", ANGRY) for place in (0, 3))
        return Trajectory(moods, ANGRY, Trend.STEADY, 0.0, Alarm.FURY, 3)

    found = recent_mood(turns, "en", read)
    assert heard == [MOOD_TURNS]
    assert ([each.place for each in found.turns], found.alarm_place) == ([5, 8], 8)


def test_short_conversations_are_read_whole() -> None:
    calm = Trajectory((), ANGRY, Trend.STEADY, 0.0)
    assert recent_mood([Turn(Role.CUSTOMER, "Hello")], "", lambda *_: calm) == calm


def test_numbers_of_the_customers_own_are_not_searched_for() -> None:
    assert without_facts("Where is order MV-2026-118420?", "en") == "Where is order ?"
    assert without_facts("MV-2026-118420", "en") == "MV-2026-118420"


def test_times_are_kept_with_the_request() -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    request = SuggestionRequest(turns=(Turn(Role.CUSTOMER, "Hello"),), times=(at,))
    assert situation_of("kb", request, ScriptDetector(), limit=10).request.times == (at,)
