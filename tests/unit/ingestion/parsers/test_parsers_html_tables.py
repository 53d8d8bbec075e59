from __future__ import annotations

from ingestion.parsers.html_tables import read_table
from ingestion.parsers.html_tree import parse_html
from ingestion.parsers.tables import Table


def read(source: str) -> Table | None:
    root = parse_html(f"<table>{source}</table>")
    assert root is not None
    (table, *_) = root.iter("table")
    return read_table(table)


def test_header_cells_make_the_header() -> None:
    table = read("<tr><th>Code</th><th>Meaning</th></tr><tr><td>E1</td><td>brush</td></tr>")
    assert table == Table(("Code", "Meaning"), (("E1", "brush"),))


def test_a_head_section_makes_the_header() -> None:
    table = read("<thead><tr><td>Code</td><td>Meaning</td></tr></thead><tbody><tr><td>E1</td><td>x</td></tr></tbody>")
    assert table == Table(("Code", "Meaning"), (("E1", "x"),))


def test_the_first_row_is_the_header_where_none_is_marked() -> None:
    table = read("<tr><td>Code</td><td>Meaning</td></tr><tr><td>E1</td><td>x</td></tr>")
    assert table == Table(("Code", "Meaning"), (("E1", "x"),))


def test_a_single_row_is_no_header() -> None:
    assert read("<tr><td>a</td><td>b</td></tr>") == Table((), (("a", "b"),))


def test_a_header_cell_before_each_row_makes_a_keyed_table() -> None:
    table = read("<tr><th>Power</th><td>1,500 W</td></tr><tr><th>Lead</th><td>0.8 m</td></tr>")
    assert table == Table((), (("Power", "1,500 W"), ("Lead", "0.8 m")), keyed=True)


def test_cells_that_span_rows_are_repeated() -> None:
    table = read(
        "<tr><th>Shop</th><th>Way</th></tr><tr><td rowspan=2>Japan</td><td>post</td></tr><tr><td>courier</td></tr>"
    )
    assert table == Table(("Shop", "Way"), (("Japan", "post"), ("Japan", "courier")))


def test_cells_that_span_columns_are_written_once() -> None:
    table = read("<tr><th>A</th><th>B</th><th>C</th></tr><tr><td colspan=2>both</td><td>c</td></tr>")
    assert table == Table(("A", "B", "C"), (("both", "", "c"),))


def test_header_rows_are_merged_column_by_column() -> None:
    table = read(
        "<tr><th rowspan=2>Shop</th><th colspan=2>Charge</th></tr><tr><th>Standard</th><th>Express</th></tr>"
        "<tr><td>Japan</td><td>550</td><td>880</td></tr>"
    )
    assert table == Table(("Shop", "Charge Standard", "Charge Express"), (("Japan", "550", "880"),))


def test_tables_that_arrange_a_page_are_no_tables() -> None:
    assert read("<tr><td>menu</td><td><h1>Title</h1><p>text</p></td></tr>") is None
    assert read("<tr><td>one column</td></tr><tr><td>of frames</td></tr>") is None
    assert read("<tr><td>a</td><td><table><tr><td>x</td><td>y</td></tr></table></td></tr>") is None


def test_a_table_that_says_it_arranges_is_believed() -> None:
    root = parse_html('<table role="presentation"><tr><td>a</td><td>b</td></tr></table>')
    assert root is not None
    assert read_table(next(root.iter("table"))) is None


def test_lists_in_cells_are_put_on_one_line() -> None:
    table = read("<tr><th>A</th><th>B</th></tr><tr><td>x</td><td><ul><li>one</li><li>two</li></ul></td></tr>")
    assert table == Table(("A", "B"), (("x", "one two"),))


def test_absurd_spans_are_cut_down() -> None:
    table = read("<tr><th>A</th><th>B</th></tr>" + '<tr><td colspan="9999999" rowspan="70000">x</td></tr>' * 3)
    assert table is not None
    assert len(table.rows) == 3
    assert max(len(row) for row in table.rows) <= 300


def test_spans_that_are_no_numbers_count_as_one() -> None:
    table = read('<tr><th>A</th><th>B</th></tr><tr><td colspan="wide" rowspan="0">x</td><td>y</td></tr>')
    assert table == Table(("A", "B"), (("x", "y"),))
