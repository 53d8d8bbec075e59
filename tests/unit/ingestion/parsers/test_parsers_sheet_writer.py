from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers import sheet_writer as module
from ingestion.parsers.pieces import compose
from ingestion.parsers.sheet_merges import Merge
from ingestion.parsers.sheet_writer import SheetWriter, write_grid
from ingestion.parsers.writer import PieceWriter


def written(*rows: str, copies: dict[int, set[int]] | None = None) -> str:
    """Write rows whose cells are parted by bars; an empty string is an empty row."""
    writer = PieceWriter()
    sheet = SheetWriter(writer, name="a.xlsx")
    for number, row in enumerate(rows):
        sheet.row([cell.strip() for cell in row.split("|")], (copies or {}).get(number, set()))
    sheet.end()
    return compose(writer.pieces)[0]


def test_each_row_carries_its_headers() -> None:
    assert written("Code|Meaning|Days", "E1|brush|3", "E7||5") == (
        "Code: E1; Meaning: brush; Days: 3\nCode: E7; Days: 5"
    )


def test_full_width_marks_in_chinese() -> None:
    assert written("代码|含义", "E1|边刷卡住") == "代码：E1；含义：边刷卡住"


def test_a_title_above_the_table_is_a_heading() -> None:
    writer = PieceWriter()
    sheet = SheetWriter(writer, name="a.xlsx")
    for row in (["Prices 2026"], ["Item", "EUR"], ["Kettle", "39.90"]):
        sheet.row(row)
    sheet.end()
    assert [(piece.kind, piece.level) for piece in writer.pieces] == [(BlockKind.HEADING, 3), (BlockKind.TABLE_ROW, 0)]


def test_a_long_line_above_the_table_is_a_paragraph() -> None:
    note = (
        "These prices hold for orders placed in our own shops and on our own pages only, not for those of our partners."
    )
    assert written(note, "Item|EUR", "Kettle|39.90") == f"{note}\n\nItem: Kettle; EUR: 39.90"


def test_numbers_in_the_first_row_are_no_header() -> None:
    assert written("1|2|3", "4|5|6") == "1; 2; 3\n4; 5; 6"


def test_years_may_be_a_header() -> None:
    assert written("Region|2025|2026", "EU|5|6") == "Region: EU; 2025: 5; 2026: 6"


def test_labels_with_values_are_no_table() -> None:
    assert written("Weight|3 kg", "Colour|white", "Year|2026") == "Weight: 3 kg\nColour: white\nYear: 2026"
    assert written("Name:|Drift", "Maker:|Maruvale") == "Name: Drift\nMaker: Maruvale"


def test_a_single_row_and_a_single_column_have_no_header() -> None:
    assert written("Mon|Tue|Wed") == "Mon; Tue; Wed"
    assert written("Industry", "Sales", "Other") == "Industry\nSales\nOther"


def test_an_empty_row_does_not_take_the_header_away() -> None:
    rows = ("Code|Days", "E1|3", "E2|4", "", "E7|5", "", "E8|6")
    assert written(*rows) == "Code: E1; Days: 3\nCode: E2; Days: 4\n\nCode: E7; Days: 5\n\nCode: E8; Days: 6"


def test_a_second_table_below_has_its_own_header() -> None:
    rows = ("Code|Days", "E1|3", "", "Part|Price", "Brush|9.90")
    assert written(*rows) == "Code: E1; Days: 3\n\nPart: Brush; Price: 9.90"


def test_a_title_ends_the_table_above() -> None:
    rows = ("Code|Cause", "E1|hair", "", "Parts", "Part|Fits", "Brush|R3")
    assert written(*rows).endswith("Parts\n\nPart: Brush; Fits: R3")


def test_tables_side_by_side_are_read_one_after_the_other() -> None:
    rows = ("Code|Days||Part|Price", "E1|3||Brush|9.90", "E2|4||Filter|4.50")
    assert written(*rows) == (
        "Code: E1; Days: 3\nCode: E2; Days: 4\n\nPart: Brush; Price: 9.90\nPart: Filter; Price: 4.50"
    )


def test_side_by_side_yet_not_on_one_height() -> None:
    rows = ("Code|Days||", "E1|3|||Part|Price", "E2|4|||Brush|9.90")
    assert written(*rows) == "Code: E1; Days: 3\nCode: E2; Days: 4\n\nPart: Brush; Price: 9.90"


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    assert written("Code||Days", "E1||3") == "Code: E1; Days: 3"


def test_tables_that_touch_at_a_corner_are_two() -> None:
    rows = ("Code|Days||", "E1|3||", "||Part|Price", "||Brush|9.90")
    assert written(*rows) == "Code: E1; Days: 3\n\nPart: Brush; Price: 9.90"


def test_a_header_of_two_rows_is_joined() -> None:
    rows = ("Model|Europe|Europe|Asia|Asia", "Model|2025|sold|2025|sold", "R3|5|7|6|8")
    assert written(*rows, copies={0: {2, 4}}) == (
        "Model: R3; Europe 2025: 5; Europe sold: 7; Asia 2025: 6; Asia sold: 8"
    )


def test_cells_merged_across_are_written_once_in_rows() -> None:
    assert written("A|B|C", "x|y|y", copies={1: {2}}) == "A: x; B: y"


def test_columns_that_only_appear_far_below_are_not_lost() -> None:
    rows = ["Code|Days", *(f"E{at}|{at}" for at in range(100)), "E100|100|late note"]
    text = written(*rows)
    assert text.count("Code: ") == 101
    assert text.endswith("Code: E100; Days: 100; late note")
    assert "\n\n" not in text  # one table, however long


def test_a_sheet_without_rows_leaves_no_heading() -> None:
    writer = PieceWriter()
    sheet = SheetWriter(writer, name="a.xlsx")
    sheet.heading("Empty")
    sheet.heading("Full")
    sheet.row(["x"])
    sheet.end()
    assert [piece.text for piece in writer.pieces] == ["Full", "x"]


def test_the_header_of_one_sheet_does_not_reach_the_next() -> None:
    writer = PieceWriter()
    sheet = SheetWriter(writer, name="a.xlsx")
    for row in (["Code", "Days"], ["E1", "3"]):
        sheet.row(row)
    sheet.heading("Next")
    for row in (["1", "2"], ["3", "4"]):
        sheet.row(row)
    sheet.end()
    assert [piece.text for piece in writer.pieces] == ["Code: E1; Days: 3", "Next", "1; 2", "3; 4"]


def test_more_text_than_fits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_CHARS", 10)
    with pytest.raises(InvalidInput, match=r"a\.xlsx has more than 10 characters"):
        written("Code|Days", "E1|a long cell")


def test_dirt_in_cells_is_noticed() -> None:
    sheet = SheetWriter(PieceWriter(), name="a.xlsx")
    sheet.row(["clean"])
    assert not sheet.dirty
    sheet.row(["du\x07ty"])
    assert sheet.dirty


def test_a_grid_inside_a_text_has_no_headings() -> None:
    writer = PieceWriter()
    write_grid([["Sizes"], ["Size", "cm"], ["S", "10"]], writer, name="a.docx")
    assert [piece.kind for piece in writer.pieces] == [BlockKind.PARAGRAPH, BlockKind.TABLE_ROW]


def test_a_grid_spreads_its_merged_cells() -> None:
    writer = PieceWriter()
    rows = [["Group", "Code", "Days"], ["Robots", "E1", "3"], ["", "E2", "4"]]
    write_grid(rows, writer, name="a.docx", merges=[Merge(2, 0, 3, 0)])
    assert [piece.text for piece in writer.pieces] == [
        "Group: Robots; Code: E1; Days: 3",
        "Group: Robots; Code: E2; Days: 4",
    ]
