from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.guard.promises.due import promise_due
from engine.guard.promises.extraction import promises

FRIDAY = datetime(2026, 7, 3, 10, tzinfo=UTC)


def end_of(day: int, hour: int = 23) -> datetime:
    return datetime(2026, 7, day, hour, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We will refund you within 2 days.", FRIDAY + timedelta(days=2)),
        ("We will refund you today.", end_of(3)),
        ("We will call you back tomorrow.", end_of(4)),
        ("We will send you a replacement on Monday.", end_of(6)),
        ("We will call you back on Friday.", end_of(10)),
        ("We will refund you on the next working day.", end_of(6)),
        ("我们会在明天给您退款。", end_of(4)),
        ("我们会在后天给您退款。", end_of(5)),
        ("我們會在週一給您退款。", end_of(6)),
        ("您的退款将在下个工作日到账。", end_of(6)),
        ("明日ご返金いたします。", end_of(4)),
        ("水曜日にお届けいたします。", end_of(8)),
        ("We will refund you.", None),
    ],
)
def test_the_time_of_a_promise_is_over(text: str, due: datetime | None) -> None:
    (promise,) = promises(text)
    assert promise_due(promise, FRIDAY) == due


def test_beyond_the_last_day_there_is_none() -> None:
    for text in ("We will refund you tomorrow.", "We will refund you within 2 days."):
        (promise,) = promises(text)
        assert promise_due(promise, datetime(9999, 12, 31, 23, tzinfo=UTC)) is None


def test_days_end_where_it_was_said() -> None:
    tokyo = timezone(timedelta(hours=9))
    (promise,) = promises("We will refund you tomorrow.")
    due = promise_due(promise, datetime(2026, 7, 3, 23, tzinfo=tokyo))
    assert due == datetime(2026, 7, 4, 23, 59, 59, 999999, tzinfo=tokyo)
