from __future__ import annotations

import random

import pytest

from ingestion.parsers.scan_order import Placed, in_columns

WIDE = 230.0


def at(x: float, y: float, text: str = "text", *, width: float = WIDE, height: float = 13.0) -> Placed:
    return Placed(text, (x, y, x + width, y + height), (0.0, 0.0, 1.0, 1.0), 0.9)


def column(x: float, y: float, name: str, *, lines: int = 5, width: float = WIDE) -> list[Placed]:
    return [at(x, y + 20 * number, f"{name}{number}", width=width - 7 * (number % 3)) for number in range(lines)]


def order(placed: list[Placed]) -> list[str]:
    shuffled = random.Random(7).sample(placed, len(placed))
    return [each.text for group in in_columns(shuffled) for row in group for each in row]


def names(placed: list[Placed]) -> list[str]:
    return [each.text for each in placed]


def test_lines_of_one_column_are_read_from_top_to_bottom() -> None:
    text = column(50, 50, "a", lines=8)
    assert order(text) == names(text)


def test_columns_are_read_one_after_the_other() -> None:
    left, right = column(50, 50, "a"), column(320, 50, "b")
    assert order(left + right) == names(left + right)


def test_columns_whose_lines_are_not_level_are_kept_apart_too() -> None:
    left, right = column(50, 50, "a"), column(320, 57, "b")
    assert order(left + right) == names(left + right)


def test_three_columns() -> None:
    columns = [each for number, x in enumerate((20, 230, 440)) for each in column(x, 50, "abc"[number], width=180)]
    assert order(columns) == names(columns)


def test_what_stands_across_comes_before_and_behind() -> None:
    head, foot = at(50, 20, "head", width=500), at(50, 200, "foot", width=500)
    left, right = column(50, 50, "a"), column(320, 50, "b")
    assert order([*left, *right, head, foot]) == ["head", *names(left + right), "foot"]


def test_columns_above_columns_are_read_above_first() -> None:
    upper = column(50, 50, "a") + column(320, 50, "b")
    middle = at(50, 170, "middle", width=500)
    lower = column(50, 210, "c") + column(320, 210, "d")
    assert order([*upper, middle, *lower]) == names([*upper, middle, *lower])


def test_a_heading_over_the_left_column_alone_goes_with_it() -> None:
    heading = at(50, 28, "heading", width=90)
    left, right = column(50, 50, "a"), column(320, 50, "b")
    assert order([heading, *left, *right]) == names([heading, *left, *right])


def test_the_right_column_may_be_longer() -> None:
    left, right = column(50, 50, "a", lines=4), column(320, 50, "b", lines=9)
    assert order(left + right) == names(left + right)


def test_the_cells_of_a_table_stay_on_their_rows() -> None:
    rows = [(at(50, 50 + 20 * n, f"k{n}", width=60), at(200, 50 + 20 * n, f"v{n}", width=40)) for n in range(6)]
    cells = [cell for row in rows for cell in row]
    assert order(cells) == names(cells)
    assert [len(row) for group in in_columns(cells) for row in group] == [2] * 6


def test_uneven_cells_are_no_column_of_text_however_long_some_are() -> None:
    rows = [
        (
            at(50, 50 + 20 * n, f"k{n}", width=150 if n == 2 else 30),
            at(320, 50 + 20 * n, f"v{n}", width=20 + 60 * (n % 3)),
        )
        for n in range(6)
    ]
    cells = [cell for row in rows for cell in row]
    assert order(cells) == names(cells)


def test_two_lines_beside_two_are_not_enough_for_columns() -> None:
    cells = [at(x, y, f"{x}/{y}") for y in (50, 70) for x in (50, 320)]
    assert order(cells) == names(cells)


@pytest.mark.parametrize("shift", [0.0, 2.0, -4.0])
def test_stretches_that_are_roughly_level_are_one_row(shift: float) -> None:
    ((row,),) = in_columns([at(50, 50, "a", width=60), at(150, 50 + shift, "b", width=60)])
    assert [each.text for each in row] == ["a", "b"]


def test_stretches_that_overlap_are_two_rows() -> None:
    assert [len(row) for group in in_columns([at(50, 50), at(60, 53)]) for row in group] == [1, 1]


def test_nothing_gives_nothing() -> None:
    assert in_columns([]) == []


def test_every_stretch_comes_out_once_whatever_the_page() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        page = [
            at(chance.uniform(0, 500), chance.uniform(0, 700), str(number), width=chance.uniform(5, 300))
            for number in range(60)
        ]
        assert sorted(order(page)) == sorted(names(page))
