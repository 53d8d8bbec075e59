"""When the time that a promise speaks of is over."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from engine.guard.promises.extraction import Promise
from engine.languages.folding import converted, fold
from engine.languages.quantities import Quantity, QuantityKind

__all__ = ["due_at", "promise_due"]

_WORKDAYS: Final = 5
_WEEKDAYS: Final = (
    r"\bmon(?:day)?\b|(?:周|星期|礼拜)一|月曜",
    r"\btuesday\b|(?:周|星期|礼拜)二|火曜",
    r"\bwednesday\b|(?:周|星期|礼拜)三|水曜",
    r"\bthursday\b|(?:周|星期|礼拜)四|木曜",
    r"\bfriday\b|(?:周|星期|礼拜)五|金曜",
    r"\bsaturday\b|(?:周|星期|礼拜)六|土曜",
    r"\bsunday\b|(?:周|星期|礼拜)[日天]|日曜",
)
_NEAR: Final[tuple[tuple[str, Callable[[date], date]], ...]] = (
    (r"\bday after tomorrow\b|后天|明后日|あさって", lambda day: day + timedelta(days=2)),
    (
        r"\bnext (?:working|business) day\b|下个?工作[日天]|翌[营営]业日",
        lambda day: day + timedelta(days=1 if day.weekday() < _WORKDAYS - 1 else 7 - day.weekday()),
    ),
    (r"\btomorrow\b|\bnext day\b|明[天日早]|次日|隔[天日]|翌日|あした", lambda day: day + timedelta(days=1)),
    (r"\btoday\b|\btonight\b|\bsame day\b|今[天日晚]|本日|当[天日]|即日", lambda day: day),
    (
        r"\bend of (?:the |this )?week\b|\bthis week\b|本周|这周|今周",
        lambda day: day + timedelta(days=6 - day.weekday()),
    ),
)


def promise_due(promise: Promise, since: datetime) -> datetime | None:
    """Return when the time of a promise made at `since` is over, as its figures or words for days say; None if none do.

    Of several figures the first that tells counts. A weekday is the next one, today's name that of in a week.
    """
    if due := next(filter(None, (due_at(each, since) for each in promise.times)), None):
        return due
    folded, today = fold(promise.text), since.date()
    found = next((day_of for pattern, day_of in _PATTERNS if pattern.search(folded)), None)
    with suppress(OverflowError):  # beyond the last day that there is
        return datetime.combine(found(today), time.max, since.tzinfo or UTC) if found else None
    return None


def due_at(within: Quantity, since: datetime) -> datetime | None:
    """Return when a time that was promised at `since` is over; None if it does not tell.

    Working days leave out Saturdays and Sundays; a date is over at its end.
    """
    try:
        return _due_at(within, since)
    except OverflowError:  # beyond the last day that there is
        return None


def _due_at(within: Quantity, since: datetime) -> datetime | None:
    if within.kind is QuantityKind.DATE:
        try:
            return datetime.combine(date.fromisoformat(within.value), time.max, since.tzinfo)
        except ValueError:  # such as a month, or a day without its year
            return None
    number, _, unit = within.value.partition(" ")
    if within.kind is not QuantityKind.DURATION or unit not in {"s", "working day"}:
        return None
    if unit == "s":
        return since + timedelta(seconds=min(float(number), 1e8))
    due, left = since, min(float(number), 1000.0)
    while left > 0:
        due += timedelta(days=1)
        left -= due.weekday() < _WORKDAYS
    return due


def _weekday(number: int) -> Callable[[date], date]:
    return lambda day: day + timedelta(days=(number - day.weekday() - 1) % 7 + 1)


_PATTERNS: Final = tuple(
    (re.compile(converted(pattern, "t2s")), day_of)
    for pattern, day_of in (*_NEAR, *((pattern, _weekday(number)) for number, pattern in enumerate(_WEEKDAYS)))
)
