from __future__ import annotations

import pytest

from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.pdf_tables import table_end, table_of
from ingestion.parsers.tables import Table

NARROW = 40.0


def line(*cells: tuple[float, str], weight: int = 400, page: int = 1, width: float = NARROW) -> Line:
    segments = tuple(Segment(text, x, x + width, weight) for x, text in cells)
    return Line(segments, page, 500.0, 10.0, 0.5)


TWO = [line((50, "Power"), (150, "1,500 W")), line((50, "Lead"), (150, "0.8 m"))]
PARAGRAPH = line((50, "A paragraph that runs on."), width=400)


def test_a_table_ends_where_lines_leave_its_columns() -> None:
    assert table_end([*TWO, PARAGRAPH], 0) == 2
    assert table_end([PARAGRAPH, *TWO], 1) == 3
    assert table_end([*TWO, line((70, "indented"))], 0) == 2
    assert table_end([*TWO, line((50, "a"), (150, "b"), page=2)], 0) == 2


def test_a_line_in_one_part_begins_no_table() -> None:
    assert table_end([PARAGRAPH, PARAGRAPH], 0) == 0


@pytest.mark.parametrize("marker", ["•", "1.", "(2)", "3)", "a.", "①", "4、"])
def test_list_items_with_their_text_indented_are_no_table(marker: str) -> None:
    assert table_end([line((50, marker), (90, "first")), line((50, marker), (90, "second"))], 0) == 0


def test_one_row_is_no_table() -> None:
    assert table_end([TWO[0], PARAGRAPH], 0) == 0
    assert table_end([TWO[0]], 0) == 0


def test_a_cell_may_not_run_over_the_next_column() -> None:
    assert table_end([*TWO, line((50, "too wide"), (150, "x"), width=130)], 0) == 2


def test_two_columns_name_values_by_the_first_cell() -> None:
    assert table_of(TWO) == Table((), (("Power", "1,500 W"), ("Lead", "0.8 m")), keyed=True)


def test_a_bold_first_line_is_a_header() -> None:
    head = line((50, "Setting"), (150, "Good for"), weight=700)
    rows = [line((50, "40"), (150, "milk")), line((50, "80"), (150, "tea"))]
    assert table_of([head, *rows]) == Table(("Setting", "Good for"), (("40", "milk"), ("80", "tea")))


def test_three_columns_have_a_header() -> None:
    rows = [line((50, a), (150, b), (250, c)) for a, b, c in ("ABC", "123")]
    assert table_of(rows) == Table(("A", "B", "C"), (("1", "2", "3"),))


def test_cells_go_on_below_and_rows_begin_again_at_the_left() -> None:
    found = table_of(
        [
            line((50, "What"), (150, "Do"), weight=700),
            line((50, "Switches off")),
            line((50, "too early")),
            line((150, "Descale it.")),
            line((150, "Wait.")),
            line((50, "Brown dots"), (150, "Iron.")),
        ]
    )
    assert found.header == ("What", "Do")
    assert found.rows == (("Switches off too early", "Descale it. Wait."), ("Brown dots", "Iron."))
