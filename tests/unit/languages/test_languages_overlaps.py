from __future__ import annotations

from engine.languages.overlaps import first_of_overlapping


def test_of_two_that_overlap_the_one_given_first_is_kept() -> None:
    assert first_of_overlapping([(2, 6, "a"), (0, 3, "b"), (5, 8, "c")], 10) == [(2, 6, "a")]


def test_finds_are_ordered_by_place() -> None:
    assert first_of_overlapping([(4, 6, "a"), (0, 2, "b"), (2, 4, "c")], 6) == [(0, 2, "b"), (2, 4, "c"), (4, 6, "a")]


def test_nothing_found() -> None:
    assert first_of_overlapping([], 0) == []
