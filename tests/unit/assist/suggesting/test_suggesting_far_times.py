"""Times of turns that no clock has shown yet: a caller's mistake must not cost the agent the suggestions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.warnings import warnings_of
from engine.domain.assist import Trajectory, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.suggestion import SuggestionRequest, WarningKind
from engine.guard.promises.due import due_at
from engine.languages.quantities import Quantity, quantities

CALM = Trajectory((), NEUTRAL, Trend.STEADY, 0.0)
FIRST = datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))
LAST = datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))
TODAY = datetime(2026, 7, 3, 10, tzinfo=UTC)
PROMISES = (
    "We will refund you within 2 days.",
    "We will refund you within 5 working days.",
    "We will refund you by 2026-07-04.",
    "3个工作日内为您退款。",
    "5営業日以内に返金いたします。",
)


def due(text: str, *, at: datetime, now: datetime) -> list[datetime | None]:
    """Return when the promises of a turn made at a time fall due."""
    turns = (Turn(Role.AGENT, text), Turn(Role.CUSTOMER, "Alright then, I shall wait."))
    request = SuggestionRequest(turns=turns, times=(at, None), now=now)
    found = warnings_of(Situation("shop", request, "en", "", "", (), {}), CALM)
    return [each.due for each in found if each.kind is WarningKind.PROMISE_DUE]


@pytest.mark.parametrize("text", PROMISES)
@pytest.mark.parametrize("now", [FIRST, TODAY, LAST], ids=["first", "today", "last"])
@pytest.mark.parametrize("at", [FIRST, TODAY, LAST], ids=["first", "today", "last"])
def test_no_time_is_too_far(text: str, at: datetime, now: datetime) -> None:
    for moment in due(text, at=at, now=now):
        assert moment is not None
        assert moment - now <= timedelta(hours=24)


@pytest.mark.parametrize("text", PROMISES)
def test_a_promise_of_long_ago_is_overdue(text: str) -> None:
    assert len(due(text, at=TODAY - timedelta(days=90), now=TODAY + timedelta(days=90))) == 1


def quantity(text: str) -> Quantity:
    return quantities(text)[0]


@pytest.mark.parametrize("text", ["2 days", "24 hours", "1 working day", "100000 working days"])
def test_what_would_fall_due_after_the_last_day_never_does(text: str) -> None:
    assert due_at(quantity(text), LAST) is None


@pytest.mark.parametrize(
    ("text", "since", "expected"),
    [
        ("1 working day", datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=UTC)),
        ("1 working day", datetime(2026, 7, 4, 9, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=UTC)),
        ("1 working day", datetime(2026, 7, 5, 9, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=UTC)),
        ("10 working days", datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 17, 9, tzinfo=UTC)),
        ("48 hours", datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 5, 9, tzinfo=UTC)),
        ("2 weeks", datetime(2026, 7, 3, 9, tzinfo=UTC), datetime(2026, 7, 17, 9, tzinfo=UTC)),
        ("2026-02-30", TODAY, None),
        ("2026-13-01", TODAY, None),
    ],
)
def test_days_are_counted_as_people_count_them(text: str, since: datetime, expected: datetime | None) -> None:
    found = quantities(text)
    assert (due_at(found[0], since) if found else None) == expected


def test_a_date_is_over_at_its_end_where_the_turn_was_written() -> None:
    tokyo = timezone(timedelta(hours=9))
    over = due_at(quantity("2026-07-08"), datetime(2026, 7, 1, tzinfo=tokyo))
    assert over == datetime(2026, 7, 8, 23, 59, 59, 999999, tzinfo=tokyo)


@pytest.mark.parametrize(("hours", "warned"), [(-25, False), (-24, True), (-1, True), (0, True), (1, True)])
def test_a_promise_is_due_a_day_before_its_time_and_ever_after(hours: int, warned: bool) -> None:
    now = TODAY + timedelta(days=2) + timedelta(hours=hours)
    assert bool(due(PROMISES[0], at=TODAY, now=now)) == warned
