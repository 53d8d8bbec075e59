from __future__ import annotations

import pytest

from engine.assist.sentiment.model import polarity
from engine.assist.sentiment.trajectory import trajectory
from engine.domain.assist import Alarm, Emotion, Mood, Trajectory, Trend, TurnMood
from engine.domain.conversation import Role
from engine.domain.handoff import Polarity

FEELINGS = {Polarity.NEGATIVE: Emotion.ANGER, Polarity.NEUTRAL: Emotion.NEUTRAL, Polarity.POSITIVE: Emotion.JOY}


def way(*levels: int, texts: tuple[str, ...] = ()) -> Trajectory:
    """Return the trajectory of a customer who speaks in every other turn."""
    turns = [
        TurnMood(2 * at, Role.CUSTOMER, "en", Mood(polarity(level), FEELINGS[polarity(level)], level, 0.9))
        for at, level in enumerate(levels)
    ]
    return trajectory(turns, texts or [""] * len(levels))


@pytest.mark.parametrize(
    ("levels", "trend"),
    [
        ((), Trend.STEADY),
        ((2,), Trend.STEADY),
        ((3, 3, 3), Trend.STEADY),
        ((4, 3, 2), Trend.WORSENING),
        ((1, 2, 3, 4), Trend.IMPROVING),
        ((5, 5, 5, 3, 3, 3, 3, 3), Trend.STEADY),
    ],
)
def test_the_trend_is_the_slope_of_the_last_turns(levels: tuple[int, ...], trend: Trend) -> None:
    assert way(*levels).trend is trend


def test_the_slope_is_in_levels_a_turn() -> None:
    assert way(4, 3, 2).slope == -1.0


@pytest.mark.parametrize(
    ("levels", "alarm", "place"),
    [
        ((3, 3), None, None),
        ((3, 1), Alarm.FURY, 2),
        ((4, 2), Alarm.FALLING, 2),
        ((5, 3), None, None),
        ((3, 2, 2), None, None),
        ((3, 2, 2, 2), Alarm.LASTING, 6),
    ],
)
def test_what_raises_an_alarm(levels: tuple[int, ...], alarm: Alarm | None, place: int | None) -> None:
    found = way(*levels)
    assert (found.alarm, found.alarm_place) == (alarm, place)


def test_danger_and_threats_are_graver_than_moods() -> None:
    found = way(1, 3, 3, texts=("Grr", "My lawyer will call", "The charger caught fire"))
    assert (found.alarm, found.alarm_place) == (Alarm.DANGER, 4)
    assert way(1, 3, texts=("Grr", "My lawyer will call")).alarm is Alarm.THREAT


@pytest.mark.parametrize(("levels", "overall"), [((), 3), ((1,), 1), ((1, 1, 5), 3), ((5, 1, 1), 2), ((3, 3, 4), 4)])
def test_later_turns_count_more(levels: tuple[int, ...], overall: int) -> None:
    found = way(*levels).overall
    assert found.level == overall
    assert polarity(found.level) is found.polarity
