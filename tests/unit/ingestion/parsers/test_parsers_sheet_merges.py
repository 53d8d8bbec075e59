from __future__ import annotations

import io

import pytest

from ingestion.parsers import sheet_merges as module
from ingestion.parsers.sheet_merges import Merge, Merges, merges_of


def spread(rows: list[list[str]], *merges: Merge) -> list[tuple[list[str], set[int]]]:
    found = Merges.of(merges)
    return [found.spread(number, row) for number, row in enumerate(rows, 1)]


def test_rows_without_merges_stay_as_they_are() -> None:
    assert spread([["a", "b"], []]) == [(["a", "b"], set()), ([], set())]


def test_a_cell_merged_across_is_repeated_and_marked() -> None:
    assert spread([["a", "", "b"]], Merge(1, 0, 1, 1)) == [(["a", "a", "b"], {1})]


def test_a_cell_merged_downwards_tells_each_row_apart() -> None:
    assert spread([["a", "1"], ["", "2"], ["", "3"]], Merge(1, 0, 2, 0)) == [
        (["a", "1"], set()),
        (["a", "2"], set()),
        (["", "3"], set()),
    ]


def test_a_merge_beyond_the_last_cell_makes_room() -> None:
    assert spread([["a"]], Merge(1, 0, 1, 2)) == [(["a", "a", "a"], {1, 2})]


def test_a_merge_does_not_fill_rows_that_are_empty() -> None:
    assert spread([["a", "x"], ["", ""]], Merge(1, 0, 2, 0))[1] == (["", ""], set())


def test_empty_and_endless_merges_do_nothing() -> None:
    assert spread([["", "x"]], Merge(1, 0, 1, 1)) == [(["", "x"], set())]
    assert spread([["a"], ["b"]], Merge(1, 0, 1_000_000, 0)) == [(["a"], set()), (["b"], set())]
    (row, copies), *_ = spread([["a"]], Merge(1, 0, 1, 16_000))
    assert len(row) == 101
    assert len(copies) == 100


def test_merges_whose_rows_were_passed_over_are_dropped() -> None:
    found = Merges.of([Merge(2, 0, 3, 0)])
    assert found.spread(5, ["x"]) == (["x"], set())


@pytest.mark.parametrize("step", [7, 64, 1 << 20])
def test_merged_cells_are_found_in_the_sheets_xml(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEP", step)
    xml = b'<x><c r="A1"/></x><mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="AA10:AC10" /></mergeCells>'
    found = merges_of(io.BytesIO(xml))
    waiting = sorted(found._waiting, key=lambda merge: merge.top)
    assert waiting == [Merge(1, 0, 2, 1), Merge(10, 26, 10, 28)]
