from __future__ import annotations

from engine.domain.knowledge import BlockKind
from ingestion.parsers.pieces import compose
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter


def text_of(writer: PieceWriter) -> str:
    return compose(writer.pieces)[0]


def test_items_get_their_markers() -> None:
    writer = PieceWriter()
    writer.open_list(3)
    for text in ("Unplug it.", "Let it cool."):
        writer.open_item()
        writer.paragraph(text)
    writer.close_list()
    writer.open_list(None)
    writer.open_item()
    writer.paragraph("A cloth")
    writer.close_list()
    assert text_of(writer) == "3. Unplug it.\n4. Let it cool.\n\n- A cloth"


def test_nested_lists_stay_with_the_outer_one() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.paragraph("Choose:")
    writer.open_list(None)
    writer.open_item()
    writer.paragraph("red")
    writer.close_list()
    writer.open_item()
    writer.paragraph("Confirm.")
    writer.close_list()
    assert text_of(writer) == "1. Choose:\n- red\n2. Confirm."
    assert [piece.level for piece in writer.pieces] == [0, 1, 0]


def test_a_second_paragraph_goes_on_below_the_first() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.paragraph("Fill the tank.")
    writer.paragraph("Use cold water.")
    writer.close_list()
    assert [piece.text for piece in writer.pieces] == ["1. Fill the tank.\nUse cold water."]


def test_a_paragraph_behind_a_nested_list_is_a_line_of_its_own() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.paragraph("Choose:")
    writer.open_list(None)
    writer.open_item()
    writer.paragraph("red")
    writer.close_list()
    writer.paragraph("Then confirm.")
    writer.close_list()
    assert text_of(writer) == "1. Choose:\n- red\nThen confirm."
    assert writer.pieces[-1].kind is BlockKind.PARAGRAPH


def test_a_number_is_not_lost_when_its_item_begins_with_code() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.code("reset --all\n")
    writer.open_item()
    writer.paragraph("Wait.")
    writer.close_list()
    assert text_of(writer) == "1.\nreset --all\n2. Wait."


def test_an_empty_item_leaves_nothing_but_counts() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.open_item()
    writer.paragraph("Second")
    writer.close_list()
    assert text_of(writer) == "2. Second"


def test_an_item_can_have_a_number_of_its_own() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item(5)
    writer.paragraph("Five")
    writer.open_item()
    writer.paragraph("Six")
    writer.close_list()
    assert text_of(writer) == "5. Five\n6. Six"


def test_a_heading_inside_a_list_is_text() -> None:
    writer = PieceWriter()
    writer.open_list(None)
    writer.open_item()
    writer.heading("Note", 3)
    writer.close_list()
    writer.heading("Next", 3)
    assert [piece.kind for piece in writer.pieces] == [BlockKind.LIST_ITEM, BlockKind.HEADING]


def test_heading_levels_stay_within_one_to_six() -> None:
    writer = PieceWriter()
    for level in (0, 3, 9):
        writer.heading(f"Level {level}", level)
    assert [piece.level for piece in writer.pieces] == [1, 3, 6]


def test_rows_of_a_table_belong_together() -> None:
    writer = PieceWriter()
    table = Table(("Code", "Meaning"), (("E1", "brush"), ("E4", "sensor")))
    writer.table(table)
    writer.table(table)
    rows = "Code: E1; Meaning: brush\nCode: E4; Meaning: sensor"
    assert text_of(writer) == f"{rows}\n\n{rows}"


def test_a_table_inside_a_list_belongs_to_the_list() -> None:
    writer = PieceWriter()
    writer.open_list(1)
    writer.open_item()
    writer.paragraph("Look it up:")
    writer.table(Table(("Code",), (("E1",),)))
    writer.close_list()
    assert text_of(writer) == "1. Look it up:\nCode: E1"


def test_items_with_markers_of_their_own_join_each_other() -> None:
    writer = PieceWriter()
    writer.list_item("(1) one")
    writer.list_item("(2) two", 1)
    writer.paragraph("between")
    writer.list_item("(3) three")
    assert text_of(writer) == "(1) one\n(2) two\n\nbetween\n\n(3) three"


def test_lines_belong_together() -> None:
    writer = PieceWriter()
    writer.lines(["Case: 17", "Status: solved"])
    writer.lines(["Another"])
    assert text_of(writer) == "Case: 17\nStatus: solved\n\nAnother"


def test_pieces_carry_the_page_that_was_open() -> None:
    writer = PieceWriter()
    writer.page = 2
    writer.paragraph("x")
    writer.page = 3
    writer.paragraph("y")
    assert [piece.page for piece in writer.pieces] == [2, 3]


def test_in_list() -> None:
    writer = PieceWriter()
    assert not writer.in_list
    writer.open_list(None)
    assert writer.in_list
    writer.close_list()
    assert not writer.in_list
