"""Samples of formats for tables and presentations."""

from __future__ import annotations

from typing import Any

from openpyxl.workbook.workbook import Workbook
from pptx.presentation import Presentation

from tests.contract.parser_samples.sample import CLEAN, DIRTY, HEADING, ITEMS, TEXT, Sample
from tests.unit.ingestion.compound import Slide, ppt
from tests.unit.ingestion.office import deck, odf, old_workbook, workbook

_SOFT_DIRTY = DIRTY.replace("\x07", "")
_ROWS = (("Code", "Months"), ("E1", 2), ("E2", 12))
_TABLE = "Code: E1; Months: 2\nCode: E2; Months: 12"
_SHEET = f"{HEADING}\n\n{_TABLE}"
_SLIDE = f"{HEADING}\n\n{TEXT}\n\n- {ITEMS[0]}\n- {ITEMS[1]}"
_CELLS = "".join(
    "<table:table-row>"
    + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
    + "</table:table-row>"
    for row in _ROWS
)


def _sheet(book: Workbook, rows: tuple[tuple[object, ...], ...] = _ROWS) -> None:
    sheet = book.worksheets[0]
    sheet.title = HEADING
    for row in rows:
        sheet.append(list(row))


def _old_sheet(book: Any, rows: tuple[tuple[object, ...], ...] = _ROWS) -> None:
    sheet = book.add_sheet(HEADING)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)


def _slide(made: Presentation, text: str = TEXT) -> None:
    slide = made.slides.add_slide(made.slide_layouts[1])
    assert slide.shapes.title is not None
    slide.shapes.title.text = HEADING
    box = slide.shapes.add_textbox(0, 1_400_000, 1_000_000, 100_000)
    box.text_frame.text = text
    slide.placeholders[1].text_frame.text = "\n".join(ITEMS) if text == TEXT else ""


def _ods_table(cells: str) -> str:
    return f'<table:table table:name="{HEADING}">{cells}</table:table>'


def _odp_page(*frames: str) -> str:
    return f"<draw:page>{''.join(frames)}</draw:page>"


def _frame(inner: str, kind: str = "") -> str:
    return f'<draw:frame presentation:class="{kind}"><draw:text-box>{inner}</draw:text-box></draw:frame>'


_ITEMS = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)

SAMPLES = {
    "CSV": Sample(
        "Descaling.csv",
        b"Code,Months\r\nE1,2\r\nE2,12\r\n",
        f'"{DIRTY}"\n'.encode(),
        b",,\n,,\n",
        text=_TABLE,
    ),
    "Excel": Sample(
        "Descaling.xlsx",
        workbook(_sheet),
        workbook(lambda made: _sheet(made, ((_SOFT_DIRTY,),))),
        workbook(lambda made: made.worksheets[0].append(("  ",))),
        text=_SHEET,
        clean=f"{HEADING}\n\n{CLEAN}",
    ),
    "Excel 97-2003": Sample(
        "Descaling.xls",
        old_workbook(_old_sheet),
        old_workbook(lambda made: _old_sheet(made, ((DIRTY,),))),
        old_workbook(lambda made: made.add_sheet("Empty")),
        text=_SHEET,
        clean=f"{HEADING}\n\n{CLEAN}",
    ),
    "OpenDocument spreadsheet": Sample(
        "Descaling.ods",
        odf("spreadsheet", _ods_table(_CELLS)),
        odf(
            "spreadsheet",
            _ods_table(
                f"<table:table-row><table:table-cell><text:p>{_SOFT_DIRTY}</text:p></table:table-cell></table:table-row>"
            ),
        ),
        odf("spreadsheet", "<table:table/>"),
        text=_SHEET,
        clean=f"{HEADING}\n\n{CLEAN}",
    ),
    "PowerPoint": Sample(
        "a.pptx",
        deck(_slide),
        deck(lambda made: _slide(made, _SOFT_DIRTY)),
        deck(lambda made: made.slides.add_slide(made.slide_layouts[6])),
        text=_SLIDE,
        clean=f"{HEADING}\n\n{CLEAN}",
    ),
    "PowerPoint 97-2003": Sample(
        "a.ppt",
        ppt([Slide([(0, HEADING), (4, TEXT), (1, "\r".join(ITEMS))])]),
        ppt([Slide(boxes=[DIRTY])]),
        ppt([Slide(boxes=[" "])]),
        text=_SLIDE,
    ),
    "OpenDocument presentation": Sample(
        "a.odp",
        odf(
            "presentation",
            _odp_page(
                _frame(f"<text:p>{TEXT}</text:p>"),
                _frame(f"<text:list>{_ITEMS}</text:list>"),
                _frame(f"<text:p>{HEADING}</text:p>", "title"),
            ),
        ),
        odf("presentation", _odp_page(_frame(f"<text:p>{_SOFT_DIRTY}</text:p>"))),
        odf("presentation", _odp_page()),
        text=_SLIDE,
    ),
}
