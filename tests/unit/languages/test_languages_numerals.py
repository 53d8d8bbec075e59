from __future__ import annotations

import re
from decimal import Decimal

import pytest

from engine.languages.numerals import CHINESE, DIGITS, canonical, read_chinese, read_number


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("0", ["0"]),
        ("30", ["30"]),
        ("007", ["7"]),
        ("4.90", ["4.9"]),
        ("4,90", ["4.9"]),
        ("0.5", ["0.5"]),
        ("0,5", ["0.5"]),
        ("1,190", ["1190", "1.19"]),
        ("1.190", ["1.19", "1190"]),
        ("12,345", ["12345", "12.345"]),
        ("1'190", ["1190"]),
        ("0,125", ["0.125"]),
        ("0.125", ["0.125"]),
        ("2026.123", ["2026.123"]),
        ("1,234,567", ["1234567"]),
        ("1.234.567", ["1234567"]),
        ("5,480.50", ["5480.5"]),
        ("5.480,50", ["5480.5"]),
        ("1,234,567.89", ["1234567.89"]),
        ("1'234.50", ["1234.5"]),
        ("1,5", ["1.5"]),
        ("12,34,567", []),
        ("2.3.1", []),
        ("192.168.0.1", []),
        ("1.2,3.4", []),
        ("1,190'5", []),
        ("١٥", ["15"]),
    ],
)
def test_read_number(text: str, readings: list[str]) -> None:
    assert [canonical(number) for number in read_number(text)] == readings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", "0"),
        ("三", "3"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("三十", "30"),
        ("九十九", "99"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一千二百", "1200"),
        ("两千五百", "2500"),
        ("一万", "10000"),
        ("三万五千", "35000"),
        ("一亿二千万", "120000000"),
        ("百", "100"),
        ("万", "10000"),
        ("二〇二六", "2026"),
        ("二零二六", "2026"),
        ("一一五", "115"),
    ],
)
def test_read_chinese(text: str, value: str) -> None:
    assert canonical(read_chinese(text)) == value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.0", "0"),
        ("0.010", "0.01"),
    ],
)
def test_canonical(number: str, text: str) -> None:
    assert canonical(Decimal(number)) == text


def test_the_patterns_match_whole_numbers() -> None:
    assert re.findall(DIGITS, "a 1,190.50 b 2'000 c 3") == ["1,190.50", "2'000", "3"]
    assert re.findall(CHINESE, "三十天和两年") == ["三十", "两"]
