from __future__ import annotations

import pytest

from engine.answering.citation_markers import read_markers, unfinished_marker


def cited(reply: str) -> list[tuple[int, int]]:
    return [(mark.number, mark.at) for mark in read_markers(reply).marks]


@pytest.mark.parametrize(
    ("reply", "text", "marks"),
    [
        ("It takes 5 days [1].", "It takes 5 days.", [(1, 15)]),
        ("It takes 5 days. [1] Then", "It takes 5 days. Then", [(1, 16)]),
        ("It takes 5 days.[1][2]", "It takes 5 days.", [(1, 16), (2, 16)]),
        ("5 days [1, 3].", "5 days.", [(1, 6), (3, 6)]),
        ("5 days [2-4].", "5 days.", [(2, 6), (3, 6), (4, 6)]),
        ("需要5天【1】。", "需要5天。", [(1, 4)]),
        ("需要5天［1、2］。", "需要5天。", [(1, 4), (2, 4)]),
        ("5 days [^1].", "5 days.", [(1, 6)]),
        ("5 days 【1†source】.", "5 days.", [(1, 6)]),
        ("5 days [Evidence 1].", "5 days.", [(1, 6)]),
        ("5 days [0] [99].", "5 days.", [(0, 6), (99, 6)]),
        ("Press [Enter] or [F1], pay [CNY 5] in [2026].", "Press [Enter] or [F1], pay [CNY 5] in [2026].", []),
        ("no marker", "no marker", []),
        ("", "", []),
        ("[1]", "", [(1, 0)]),
    ],
)
def test_markers_are_taken_out(reply: str, text: str, marks: list[tuple[int, int]]) -> None:
    assert read_markers(reply).text == text
    assert cited(reply) == marks


def test_a_marker_at_the_start_of_a_line_leads() -> None:
    marked = read_markers("[1] Open it. [2]\n - x\n [3] Close it.")
    assert marked.text == "Open it.\n - x\nClose it."
    assert [(mark.number, mark.leading) for mark in marked.marks] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize(
    ("reply", "cut"),
    [
        ("It takes 5 days [", "It takes 5 days"),
        ("It takes 5 days. [1", "It takes 5 days."),
        ("It takes 5 days [1, ", "It takes 5 days"),
        ("需要5天【1", "需要5天"),
        ("It takes 5 days [1]", "It takes 5 days [1]"),
        ("It takes [as we said at length before] 5", "It takes [as we said at length before] 5"),
        ("[this bracket is never closed and goes on for long", "[this bracket is never closed and goes on for long"),
        ("a [b\nc", "a [b\nc"),
    ],
)
def test_a_marker_that_may_go_on_is_found(reply: str, cut: str) -> None:
    assert reply[: unfinished_marker(reply)] == cut
