from __future__ import annotations

import re
from decimal import Decimal

import pytest

from engine.languages.folding import fold
from engine.languages.registry import profiles
from engine.languages.units import alternatives, currencies, durations, measures, number_words, prefixes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("€", "EUR"),
        ("eur", "EUR"),
        ("欧元", "EUR"),
        ("ユーロ", "EUR"),
        ("nt$", "TWD"),
        ("新台币", "TWD"),
        ("円", "JPY"),
        ("元", "CNY TWD HKD"),
        ("¥", "CNY JPY"),
        ("₩", "KRW"),
        ("руб", "RUB"),
    ],
)
def test_currencies(name: str, codes: str) -> None:
    assert currencies()[name] == codes


def test_names_are_folded() -> None:
    for names in (currencies(), durations(), measures(), number_words()):
        assert all(fold(name) == name for name in names)


def test_symbols_and_codes_may_stand_before_an_amount_but_counters_may_not() -> None:
    assert {"€", "eur", "nt$", "人民币", "¥"} <= prefixes().keys()
    assert {"元", "円", "块", "엔", "บาท"}.isdisjoint(prefixes())


@pytest.mark.parametrize(
    ("name", "size", "base"),
    [
        ("秒", 1, "s"),
        ("minutes", 60, "s"),
        ("分钟", 60, "s"),
        ("stunden", 3600, "s"),
        ("小时", 3600, "s"),
        ("days", 86400, "s"),
        ("天", 86400, "s"),
        ("周", 604800, "s"),
        ("months", 1, "month"),
        ("か月", 1, "month"),
        ("年", 12, "month"),
        ("лет", 12, "month"),
        ("工作日", 1, "working day"),
        ("営业日", 1, "working day"),
        ("moon", None, None),
        ("business days", 1, "working day"),
        ("jours ouvrés", 1, "working day"),
    ],
)
def test_durations(name: str, size: int | None, base: str | None) -> None:
    expected = (Decimal(size), base) if size is not None else None
    assert durations().get(name) == expected


def test_durations_have_the_words_of_every_language() -> None:
    for profile in profiles().values():
        assert all(word in durations() for words in profile.calendar.durations.values() for word in words)


@pytest.mark.parametrize(
    ("name", "size", "base"),
    [
        ("km", "1000", "m"),
        ("厘米", "0.01", "m"),
        ("公斤", "1000", "g"),
        ("кг", "1000", "g"),
        ("l", "1000", "ml"),
        ("升", "1000", "ml"),
        ("リットル", "1000", "ml"),
        ("m2", "1", "m2"),
        ("°c", "1", "°C"),
        ("kw", "1000", "W"),
        ("ghz", "1000000000", "Hz"),
        ("分贝", "1", "dB"),
    ],
)
def test_measures(name: str, size: str, base: str) -> None:
    assert measures()[name] == (Decimal(size), base)


def test_number_words() -> None:
    words = number_words()
    assert words["two"] == words["zwei"] == words["deux"] == words["dos"] == words["hai"] == Decimal(2)
    assert words["twelve"] == Decimal(12)


def test_alternatives_prefer_the_longest_name() -> None:
    assert re.findall(alternatives({"天": 0, "天内": 0}), "3天内 4天") == ["天内", "天"]


def test_alternatives_match_whole_words_of_spaced_scripts() -> None:
    pattern = alternatives({"h": 0, "day": 0, "天": 0, "$": 0})
    assert re.findall(pattern, "h house day daylight 天空 $x") == ["h", "day", "天", "$"]
