"""Workbooks of three formats: Excel of today, Excel of 1997-2003, OpenDocument."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.workbook import Workbook

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats import ods, xls, xlsx
from ingestion.parsing import parse
from tests.unit.ingestion.compound import compound
from tests.unit.ingestion.office import odf, old_workbook, repacked, workbook


def xlsx_text(*rows: tuple[object, ...], formats: dict[str, str] | None = None) -> str:
    def build(book: Workbook) -> None:
        for row in rows:
            book.worksheets[0].append(list(row))
        for place, code in (formats or {}).items():
            book.worksheets[0][place].number_format = code

    return xlsx.PARSER.parse(workbook(build), name="a.xlsx").text


def test_values_are_shown_as_on_the_sheet() -> None:
    text = xlsx_text(
        ("Item", "Price", "Share", "Since", "Sold"),
        ("Kettle", 1039.9, 0.256, datetime(2026, 1, 31), True),
        formats={"B2": '#,##0.00" EUR"', "C2": "0.0%", "D2": "dd.mm.yyyy"},
    )
    assert text.endswith("Item: Kettle; Price: 1,039.90 EUR; Share: 25.6%; Since: 2026-01-31; Sold: TRUE")


def two_sheets(book: Workbook) -> None:
    book.worksheets[0].title = "Codes"
    book.worksheets[0].append(("E1", "brush"))
    prices = book.create_sheet("Prices")
    prices.append(("Kettle", 39.9))
    hidden = book.create_sheet("Margins")
    hidden.append(("Kettle", 12))
    hidden.sheet_state = "hidden"
    book.create_sheet("Empty")


def test_sheets_are_sections_and_hidden_ones_are_left_out_with_a_warning() -> None:
    parsed = xlsx.PARSER.parse(workbook(two_sheets), name="folder/list.xlsx")
    assert parsed.text == "Codes\n\nE1; brush\n\nPrices\n\nKettle; 39.9"
    assert [block.level for block in parsed.blocks if block.kind is BlockKind.HEADING] == [2, 2]
    assert parsed.title == "list"
    assert parsed.warnings == ("Hidden sheets were left out: Margins.",)


def test_merged_cells() -> None:
    def build(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for row in (("Robots", None, None), ("Group", "Code", "Days"), ("R3", "E1", 3), (None, "E2", 4)):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")

    text = xlsx.PARSER.parse(workbook(build), name="a.xlsx").text
    assert text == "Sheet\n\nRobots\n\nGroup: R3; Code: E1; Days: 3\nGroup: R3; Code: E2; Days: 4"


def test_charts_show_their_stored_numbers() -> None:
    def build(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for row in (("Year", "Sold"), (2025, 7), (2026, 9)):
            sheet.append(row)
        chart = BarChart()
        chart.title = "Kettles by year"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        sheet.add_chart(chart, "D1")

    assert "Kettles by year" in xlsx.PARSER.parse(workbook(build), name="a.xlsx").text


def test_the_workbook_s_own_title_and_keywords() -> None:
    def build(book: Workbook) -> None:
        book.worksheets[0].append(("x",))
        book.properties.title = "Error codes"
        book.properties.keywords = "robot; codes"
        book.properties.language = "en-GB"

    parsed = xlsx.PARSER.parse(workbook(build), name="a.xlsx")
    assert (parsed.title, parsed.tags, parsed.language) == ("Error codes", ("robot", "codes"), "en")


def test_macros_are_named_and_ignored() -> None:
    data = repacked(workbook(lambda book: book.worksheets[0].append(("x",))), {"xl/vbaProject.bin": b"Shell"})
    parsed = parse(data, name="a.xlsm")
    assert parsed.text == "Sheet\n\nx"
    assert parsed.warnings == ("The file has macros; they were ignored.",)


def test_what_a_sheet_says_of_its_own_size_does_not_matter() -> None:
    def build(book: Workbook) -> None:
        for at in range(3):
            book.worksheets[0].append((at, at))

    data = workbook(build)
    sheet = "xl/worksheets/sheet1.xml"
    xml = zipfile.ZipFile(io.BytesIO(data)).read(sheet)
    lying = repacked(data, {sheet: xml.replace(b'ref="A1:B3"', b'ref="A1"')})
    assert xlsx.PARSER.parse(lying, name="a.xlsx").text.endswith("0; 0\n1; 1\n2; 2")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.docx", "a.bin"])
def test_a_password_is_named_whatever_the_file_is_called(name: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} is encrypted") as caught:
        parse(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), name=name)
    assert caught.value.remedy == "Save it without a password."


def test_a_broken_sheet_is_a_named_failure() -> None:
    data = workbook(lambda book: book.worksheets[0].append(("x",)))
    with pytest.raises(InvalidInput, match=r"a\.xlsx is not a readable Excel workbook"):
        xlsx.PARSER.parse(repacked(data, {"xl/workbook.xml": b"<workbook>"}), name="a.xlsx")


def old(book: Any) -> None:
    import xlwt  # type: ignore[import-untyped]

    sheet = book.add_sheet("Codes")
    for x, cell in enumerate(("Code", "Share", "Since", "Open")):
        sheet.write(0, x, cell)
    sheet.write(1, 0, "E1 边刷")
    sheet.write(1, 1, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(1, 2, datetime(2026, 1, 31), xlwt.easyxf(num_format_str="d/m/yy"))
    sheet.write(1, 3, True)
    sheet.write_merge(2, 2, 0, 1, "whole line")
    secret = book.add_sheet("Margins")
    secret.write(0, 0, "12")
    secret.visibility = 1


def test_a_workbook_of_1997() -> None:
    parsed = xls.PARSER.parse(old_workbook(old), name="codes.xls")
    assert parsed.text == "Codes\n\nCode: E1 边刷; Share: 50%; Since: 2026-01-31; Open: TRUE\nCode: whole line"
    assert parsed.title == "codes"
    assert parsed.warnings == ("Hidden sheets were left out: Margins.",)


@pytest.mark.parametrize("cut", [600, 2000, 3000])
def test_a_truncated_workbook_of_1997_is_a_named_failure(cut: int) -> None:
    with pytest.raises(InvalidInput, match=r"codes\.xls is not a readable Excel workbook"):
        xls.PARSER.parse(old_workbook(old)[:cut], name="codes.xls")


def row(*cells: str, more: str = "") -> str:
    inner = "".join(
        cell if cell.startswith("<") else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row {more}>{inner}</table:table-row>"


def ods_text(*rows: str, before: str = "") -> str:
    table = f'<table:table table:name="Codes">{before}{"".join(rows)}</table:table>'
    return ods.PARSER.parse(odf("spreadsheet", table), name="codes.ods").text


def test_an_opendocument_sheet_shows_what_its_cells_show() -> None:
    price = '<table:table-cell office:value="39.9"><text:p>39,90 €</text:p></table:table-cell>'
    assert ods_text(row("Item", "Price"), row("Kettle", price)) == "Codes\n\nItem: Kettle; Price: 39,90 €"


def test_repeated_cells_and_rows_do_not_swell() -> None:
    many = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = (
        row("Code", "Days", many),
        row("E1", "3"),
        row(many, more='table:number-rows-repeated="1048576"'),
        row("E2", "4", more='table:number-rows-repeated="2"'),
    )
    assert ods_text(*rows) == "Codes\n\nCode: E1; Days: 3\n\nCode: E2; Days: 4\nCode: E2; Days: 4"


def test_merged_cells_and_header_rows_of_opendocument() -> None:
    merged = '<table:table-cell table:number-rows-spanned="2"><text:p>R3</text:p></table:table-cell>'
    head = f"<table:table-header-rows>{row('Group', 'Code')}</table:table-header-rows>"
    assert ods_text(row(merged, "E1"), row("<table:covered-table-cell/>", "E2"), before=head) == (
        "Codes\n\nGroup: R3; Code: E1\nGroup: R3; Code: E2"
    )


def test_hidden_sheets_of_opendocument() -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    sheets = f'<table:table table:name="A">{row("x")}</table:table>'
    sheets += f'<table:table table:name="B" table:style-name="ta2">{row("y")}</table:table>'
    parsed = ods.PARSER.parse(odf("spreadsheet", sheets, styles=style), name="a.ods")
    assert parsed.text == "A\n\nx"
    assert parsed.warnings == ("Hidden sheets were left out: B.",)
