"""By when and how much, compared."""

from __future__ import annotations

import pytest

from engine.guard.promises.amounts import Measure, compared, measured


@pytest.mark.parametrize(
    ("text", "measure", "values"),
    [
        ("within 48 hours", Measure.TIME, {"2"}),
        ("5个工作日", Measure.TIME, {"7"}),
        ("24 か月", Measure.TIME, {"720"}),
        ("次の翌営業日", Measure.TIME, {"1.4"}),
        ("享85折", Measure.SHARE, {"15 %"}),
        ("15 % off", Measure.SHARE, {"15 %"}),
        ("EUR 4.90", Measure.MONEY, {"4.9 EUR"}),
        ("积分永久有效", Measure.TIME, {"inf"}),
        ("for a month", Measure.TIME, {"30"}),
        ("by 14:00", Measure.CLOCK, {"14:00"}),
        ("每满8元积10分", Measure.COUNT, {"10 point"}),
        ("1,000ポイント", Measure.COUNT, {"1000 point"}),
        ("earn 20 points", Measure.COUNT, {"20 point"}),
        ("花呗分24期", Measure.COUNT, {"24 instalment"}),
        ("12回払い", Measure.COUNT, {"12 instalment"}),
        ("in 3 monthly instalments", Measure.COUNT, {"3 instalment"}),
    ],
)
def test_what_is_measured(text: str, measure: Measure, values: set[str]) -> None:
    assert [set(each.values) for each in measured(text)[measure]] == [values]


@pytest.mark.parametrize("text", ["hold it for five seconds", "no number at all", ""])
def test_what_is_no_term(text: str) -> None:
    assert measured(text) == {}


def test_words_for_days_count_in_promises_only() -> None:
    assert measured("隔天到")[Measure.TIME][0].values == {"1.4"}
    assert measured("隔天恢復", worded=False) == {}
    assert measured("one working day later", worded=False) == {}


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("within 2 days", "48 hours", {Measure.TIME: True}),
        ("within 7 days", "5 working days", {Measure.TIME: True}),
        ("within 24 hours", "5 working days", {Measure.TIME: False}),
        ("20 euros", "EUR 20", {Measure.MONEY: True}),
        ("20 euros", "JPY 20", {}),
        ("10 %", "15 %", {Measure.SHARE: False}),
        ("24期", "3期、6期、12期", {Measure.COUNT: False}),
        ("24期", "积24分", {}),
        ("8个月", "随时可停", {}),
        ("随时", "随时", {Measure.TIME: True}),
        ("随时", "24小时内", {Measure.TIME: False}),
        ("一年", "永久有效", {Measure.TIME: False}),
        ("10 %", "5 days", {}),
        ("5 days and 10 euros", "5 days, 12 euros", {Measure.TIME: True, Measure.MONEY: False}),
        ("30 days", "7 days for opened, 30 days for unopened goods", {Measure.TIME: True}),
    ],
)
def test_agreement(said: str, known: str, same: dict[Measure, bool]) -> None:
    assert compared(measured(said), measured(known)) == same


def test_points_are_no_minutes() -> None:
    assert Measure.TIME not in measured("积10分")
    assert measured("10分鐘")[Measure.TIME]


@pytest.mark.parametrize("text", ["分期间", "12期限"])
def test_a_period_is_no_instalment(text: str) -> None:
    assert Measure.COUNT not in measured(text)
