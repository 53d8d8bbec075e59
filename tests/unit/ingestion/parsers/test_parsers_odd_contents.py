"""What is seldom in a file: it is read as people see it, or passed over, and costs nothing else of the file."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from ingestion.parsers.formats import docx, odt, rst, xls
from tests.unit.ingestion.documents import word
from tests.unit.ingestion.office import odf, old_workbook, repacked

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def rst_text(source: str) -> str:
    return rst.PARSER.parse(source.encode(), name="a.rst").text


def docx_text(**parts: str) -> str:
    plain = word(lambda document: document.add_paragraph("Body."))
    return docx.PARSER.parse(
        repacked(plain, {name.replace("_", "/") + ".xml": text.encode() for name, text in parts.items()}), name="a.docx"
    ).text


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("| Kettle Street 1\n| 12345 Town\n", "Kettle Street 1\n12345 Town"),
        ("term\n   First meaning.\n\n   Second meaning.\n", "term\n\nFirst meaning.\n\nSecond meaning."),
        ("-v, --version  Show it.\n", "-v, --version: Show it."),
        ("term\n   - one\n   - two\n", "term\n\n- one\n- two"),
        (">>> kettle.boil()\n'hot'\n", ">>> kettle.boil()\n'hot'"),
    ],
)
def test_blocks_of_restructured_text(source: str, read: str) -> None:
    assert rst_text(source) == read


def test_footnotes_stand_at_the_end_of_a_word_file() -> None:
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote><w:p><w:r><w:t>See page 7.</w:t></w:r></w:p></w:footnote>'
    assert docx_text(word_footnotes=f"{notes}</w:footnotes>") == "Body.\n\nSee page 7."


def test_diagrams_of_a_word_file_are_read_and_broken_ones_passed_over() -> None:
    words = "".join(f"<a:p><a:r><a:t>{each}</a:t></a:r></a:p>" for each in ("Ask", "Refund"))
    found = docx_text(word_diagrams_data1=f'<x xmlns:a="{MAIN}">{words}</x>', word_diagrams_data2="<broken")
    assert found == "Body.\n\nAsk\n\nRefund"


def test_comments_in_the_markup_of_an_open_document_are_nobodys_words() -> None:
    paragraphs = "<text:p>Before<!-- secret -->after.</text:p><!-- secret --><text:p>End.</text:p>"
    assert odt.PARSER.parse(odf("text", paragraphs), name="a.odt").text == "Beforeafter.\n\nEnd."


def test_times_truths_and_errors_of_old_workbooks_are_shown_as_on_the_sheet() -> None:
    import xlwt  # type: ignore[import-untyped]

    def build(book: Any) -> None:
        sheet = book.add_sheet("Desk")
        style = {code: xlwt.easyxf(num_format_str=code) for code in ("h:mm", "yyyy-mm-dd")}
        for at, heading in enumerate(("Opens", "Since", "Open today")):
            sheet.write(0, at, heading)
        sheet.write(1, 0, time(9, 30), style["h:mm"])
        sheet.write(1, 1, datetime(2026, 1, 31), style["yyyy-mm-dd"])
        sheet.write(1, 2, True)

    shown = xls.PARSER.parse(old_workbook(build), name="a.xls").text
    assert shown.splitlines()[-1] == "Opens: 09:30; Since: 2026-01-31; Open today: TRUE"
