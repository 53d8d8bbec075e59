from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.formats.csv import PARSER, delimiter_of, is_table

EXPECTED = "Code: E1; Meaning: side brush, stuck\nCode: E7; Meaning: dock; not found"


def parse(data: bytes, name: str = "codes.csv") -> str:
    return PARSER.parse(data, name=name).text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_breaks(delimiter: str, newline: str) -> None:
    rows = (("Code", "Meaning"), ("E1", '"side brush, stuck"'), ("E7", '"dock; not found"'))
    text = newline.join(delimiter.join(row) for row in rows)
    assert parse(text.encode()) == EXPECTED.replace("dock; not", "dock; not")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    text = "代码,含义,处理办法\nE1,边刷卡住,请拆下边刷，剪掉头发\nE7,找不到充电座,请检查电源\n"
    assert parse(text.encode(encoding)) == (
        "代码：E1；含义：边刷卡住；处理办法：请拆下边刷，剪掉头发\n代码：E7；含义：找不到充电座；处理办法：请检查电源"
    )


def test_decimal_commas_with_semicolons() -> None:
    assert parse(b"Year;Revenue;Costs\n2025;143,1;-8,38\n2026;15,3;7\n") == (
        "Year: 2025; Revenue: 143,1; Costs: -8,38\nYear: 2026; Revenue: 15,3; Costs: 7"
    )


def test_the_hint_that_excel_writes() -> None:
    assert parse(b"sep=;\r\nCode;Days\r\nE1,a;3\r\n") == "Code: E1,a; Days: 3"


def test_line_breaks_in_cells() -> None:
    assert parse(b'Code,Meaning\nE1,"side\nbrush"\n') == "Code: E1; Meaning: side brush"


def test_rows_that_are_too_long_or_too_short() -> None:
    assert parse(b"Code,Days\nE1\nE2,2,extra\n") == "Code: E1\nCode: E2; Days: 2; extra"


def test_prose_has_no_delimiter() -> None:
    text = "Dear customer, thank you.\nWe have sent the kettle, the lid and the cord, today.\nBye"
    assert not is_table(text)
    assert delimiter_of("one\ntwo\nthree") == ""


def test_a_table_is_one_beyond_doubt() -> None:
    assert is_table("a,b\n1,2\n3,4\n")
    assert not is_table("a,b\n1,2")
    assert not is_table("")


def test_one_column() -> None:
    assert parse(b"Industry\nSales\nOther\n") == "Industry\nSales\nOther"


def test_mojibake_is_repaired_with_a_warning() -> None:
    parsed = PARSER.parse("Name,Ort\nJürgen,Köln\n".encode().decode("latin-1").encode(), name="a.csv")
    assert parsed.text == "Name: Jürgen; Ort: Köln"
    assert len(parsed.warnings) == 1


@pytest.mark.parametrize("data", [b"\n\n", b",,,\n,,,", b'""'])
def test_nothing_but_delimiters_is_no_text(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"codes\.csv has no text"):
        parse(data)


def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"codes\.csv is not a readable table"):
        parse(b'Code,Text\nE1,"' + b"x" * 1_100_000)


def test_ten_thousand_rows() -> None:
    data = "Code,Days\n" + "".join(f"E{at},{at}\n" for at in range(10_000))
    lines = parse(data.encode()).split("\n")
    assert (len(lines), lines[-1]) == (10_000, "Code: E9999; Days: 9999")
