from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from engine import optional
from engine.errors import InvalidInput, Misconfigured
from engine.insights.forecast import FEWEST_DAYS, expected, series

MONDAY = date(2026, 3, 2)
WEEK = (40, 42, 38, 41, 44, 12, 8)


def test_days_without_questions_count_as_none() -> None:
    assert series({date(2026, 3, 3): 5}, MONDAY, date(2026, 3, 4)) == [0, 5, 0]


def test_a_weeks_pattern_goes_on() -> None:
    found = expected(WEEK * 8, begin=MONDAY, days=7)
    assert [each.day.weekday() for each in found] == list(range(7))
    assert [each.questions for each in found] == pytest.approx(WEEK, abs=2)
    assert all(each.low <= each.questions <= each.high for each in found)


def test_the_interval_is_wider_where_chance_is_larger() -> None:
    chance = np.random.default_rng(3)
    wild = [max(0, int(each + chance.normal(0, 15))) for each in WEEK * 8]
    calm, rough = (expected(daily, begin=MONDAY, days=1)[0] for daily in (WEEK * 8, wild))
    assert rough.high - rough.low > 2 * (calm.high - calm.low)


def test_silence_is_expected_after_silence() -> None:
    for each in expected([0] * 30, begin=MONDAY, days=3):
        assert each.questions == pytest.approx(0, abs=0.1)
        assert each.low >= 0


def test_three_weeks_are_needed() -> None:
    assert len(expected(WEEK * 3, begin=MONDAY, days=2)) == 2
    with pytest.raises(InvalidInput, match="20 days"):
        expected((WEEK * 3)[: FEWEST_DAYS - 1], begin=MONDAY, days=2)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise ImportError(name=name)

    monkeypatch.setattr(optional, "import_module", gone)
    with pytest.raises(Misconfigured, match="statsmodels") as error:
        expected(WEEK * 4, begin=MONDAY, days=2)
    assert "knowdesk[forecast]" in error.value.remedy
