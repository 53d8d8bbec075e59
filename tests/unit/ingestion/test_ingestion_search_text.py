from __future__ import annotations

from engine.domain.knowledge import Chunk, Span
from ingestion.search_text import context_text, search_text


def chunk(text: str, *section: str) -> Chunk:
    return Chunk("id", "doc", 0, Span(0, len(text)), text, section=section)


def test_title_section_and_text_stand_in_this_order() -> None:
    found = search_text("Returns policy", chunk("You have 30 days.", "Returns policy", "Deadlines"))
    assert found == "Returns policy\nDeadlines\nYou have 30 days."


def test_headings_in_the_text_are_not_repeated() -> None:
    found = search_text("Manual", chunk("Deadlines\n\nYou have 30 days.", "Policy", "Deadlines"))
    assert found == "Manual\nPolicy\nDeadlines\n\nYou have 30 days."


def test_a_heading_is_only_the_same_as_a_whole_line() -> None:
    assert search_text("E7", chunk("E7 means that the dock was not found.")).startswith("E7\nE7 means")


def test_without_a_title_only_the_text_is_left() -> None:
    assert search_text("", chunk("Text.")) == "Text."


def test_context_is_the_title_and_all_texts() -> None:
    assert context_text("Manual", [chunk("One."), chunk("Two.")]) == "Manual\nOne.\nTwo."
