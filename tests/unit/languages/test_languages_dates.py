from __future__ import annotations

import pytest

from engine.languages.dates import find_dates
from engine.languages.folding import fold


def read(text: str) -> list[tuple[str, ...]]:
    return [values for _, _, values in find_dates(fold(text))]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "２０２６年３月１日",
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "2026年3月1号",
        "2026年3月1號",
        "二〇二六年三月一日",
        "民國115年3月1日",
        "民國 115 年 3 月 1 日",
        "令和8年3月1日",
        "2026년 3월 1일",
        "March 1, 2026",
        "March 1st, 2026",
        "Mar. 1, 2026",
        "1 March 2026",
        "1st of March 2026",
        "1 Mar 2026",
        "1. März 2026",
        "01.03.2026",
        "1. 3. 2026",
        "1er mars 2026",
        "1 de marzo de 2026",
        "1 de março de 2026",
        "1 marzo 2026",
        "1 марта 2026 г.",
        "1 مارس 2026",
        "1 มีนาคม พ.ศ. 2569",
        "1 มีนาคม ค.ศ. 2026",
        "1 มี.ค. 2026",
        "ngày 1 tháng 3 năm 2026",
    ],
)
def test_ways_to_write_the_first_of_march(text: str) -> None:
    assert read(text) == [("2026-03-01",)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3月1日", "--03-01"),
        ("三月一日", "--03-01"),
        ("12月31日まで", "--12-31"),
        ("3월 1일", "--03-01"),
        ("March 1", "--03-01"),
        ("1 March", "--03-01"),
        ("am 1. März", "--03-01"),
        ("am 1.3. gilt", "--03-01"),
        ("le 14 juillet", "--07-14"),
        ("el 5 de mayo", "--05-05"),
        ("5 мая", "--05-05"),
        ("ngày 1 tháng 3", "--03-01"),
        ("2026年3月", "2026-03"),
        ("令和8年3月", "2026-03"),
        ("March 2026", "2026-03"),
        ("2026年", "2026"),
        ("2026년", "2026"),
        ("二〇二六年", "2026"),
        ("民國115年", "2026"),
        ("平成30年", "2018"),
        ("昭和64年", "1989"),
        ("令和元年", "2019"),
    ],
)
def test_partial_dates(text: str, value: str) -> None:
    assert read(text) == [(value,)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3/4/2026", ("2026-04-03", "2026-03-04")),
        ("3/13/2026", ("2026-03-13",)),
        ("13/3/2026", ("2026-03-13",)),
        ("3/3/2026", ("2026-03-03",)),
        ("03-04-2026", ("2026-04-03",)),
        ("3.4.2026", ("2026-04-03",)),
    ],
)
def test_day_and_month_can_be_ambiguous(text: str, values: tuple[str, ...]) -> None:
    assert read(text) == [values]


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01",
        "2026-03-45",
        "99.99.2026",
        "13月40日",
        "两年",
        "2年",
        "30日",
        "3个月",
        "MV-2026-004512",
        "2.4 GHz",
        "v2026.3.1",
        "you may return it",
        "1,190",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_positions_are_those_of_the_date() -> None:
    text = "valid from 1 march 2026 on"
    assert [text[start:end] for start, end, _ in find_dates(text)] == ["1 march 2026"]


def test_several_dates() -> None:
    assert read("2024年1月1日から2026年2月28日まで") == [("2024-01-01",), ("2026-02-28",)]
