from __future__ import annotations

import pytest

from ingestion.parsers.tables import Table, row_texts


def test_each_row_names_its_columns() -> None:
    table = Table(("Code", "Meaning"), (("E7", "cannot find the dock"), ("E12", "too hot")))
    assert row_texts(table) == ["Code: E7; Meaning: cannot find the dock", "Code: E12; Meaning: too hot"]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (("代码", "含义"), ("E7", "找不到充电座"), "代码：E7；含义：找不到充电座"),
        (("系統", "最低版本"), ("iPhone", "iOS 15"), "系統：iPhone；最低版本：iOS 15"),
        (("症状", "対処"), ("風が弱い", "袋を外す"), "症状：風が弱い；対処：袋を外す"),
        (("코드", "의미"), ("E7", "충전대를 찾을 수 없음"), "코드: E7; 의미: 충전대를 찾을 수 없음"),
    ],
)
def test_punctuation_suits_the_language(header: tuple[str, str], row: tuple[str, str], expected: str) -> None:
    assert row_texts(Table(header, (row,))) == [expected]


def test_stops_give_way_to_semicolons() -> None:
    assert row_texts(Table(("问题", "办法"), (("没电。", "充电。"),))) == ["问题：没电；办法：充电。"]


def test_colons_of_labels_are_not_doubled() -> None:
    assert row_texts(Table(("Code:", "Meaning: "), (("E1", "x"),))) == ["Code: E1; Meaning: x"]


def test_empty_cells_and_rows_are_left_out() -> None:
    table = Table(("A", "B", "C"), (("1", "", "3"), ("", " ", "")))
    assert row_texts(table) == ["A: 1; C: 3"]


def test_cells_without_a_label_stand_alone() -> None:
    assert row_texts(Table(("", "Price"), (("Kettle", "39"), ("Filter", "12", "new")))) == [
        "Kettle; Price: 39",
        "Filter; Price: 12; new",
    ]


def test_a_cell_that_repeats_its_label_stands_alone() -> None:
    assert row_texts(Table(("Total", "Sum"), (("Total", "5"),))) == ["Total; Sum: 5"]


def test_without_header_cells_are_joined() -> None:
    assert row_texts(Table((), (("a", "b"), ("c", "d")))) == ["a; b", "c; d"]


def test_a_table_without_rows_gives_its_header() -> None:
    assert row_texts(Table(("Code", "Meaning"), ())) == ["Code; Meaning"]


def test_a_keyed_table_names_values_by_the_first_cell() -> None:
    table = Table(
        (), (("Power", "1,500 W"), ("Colours:", "red", "", "white"), ("Alone", ""), ("", "value")), keyed=True
    )
    assert row_texts(table) == ["Power: 1,500 W", "Colours: red; white", "Alone", "value"]


def test_cells_are_put_on_one_line() -> None:
    assert row_texts(Table(("A",), (("two\nlines",),))) == ["A: two lines"]


def test_an_empty_table_gives_nothing() -> None:
    assert row_texts(Table((), ())) == []
