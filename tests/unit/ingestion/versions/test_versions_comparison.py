from __future__ import annotations

import pytest

from engine.errors import NotFound
from ingestion.chunking.chunker import ChunkOptions
from ingestion.sources import MemoryFile
from ingestion.versions.comparison import Change, Comparison, Place, SectionChange, compare, section_changes
from tests.unit.ingestion import memory


def page(**sections: str) -> MemoryFile:
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in sections.items())
    return MemoryFile("a.md", f"# Kettle\n\n{body}".encode())


def compared(*pages: MemoryFile, older: int = 1, newer: int = 2) -> Comparison:
    place = memory.Place()
    for each in pages:
        place.ingest([each], chunking=ChunkOptions(60.0, 0.0))
    (document,) = place.knowledge.documents(memory.KB)
    return compare(place.knowledge, document.id, older, newer)


LONG = "It switches itself off. Never fill it above the line. Keep it away from the edge of the table. " * 4


def test_sections_that_differ_are_named_with_what_differs() -> None:
    found = compared(page(Use=LONG, Care="Wash it."), page(Use=LONG, Care="Wash it daily."))
    assert found.sections == (
        SectionChange(
            ("Kettle", "Care"), Change.CHANGED, ("@@ -1,3 +1,3 @@", " Care", " ", "-Wash it.", "+Wash it daily.")
        ),
    )
    assert found.unchanged == 1


def test_sections_come_and_go() -> None:
    found = compared(page(Use=LONG, Old="Gone now."), page(Use=LONG, New="Here now."))
    assert [(each.section[-1], each.change) for each in found.sections] == [("New", "added"), ("Old", "removed")]
    assert all(line[0] in "@+" for line in found.sections[0].diff)
    assert all(line[0] in "@-" for line in found.sections[1].diff)


def test_the_other_way_round_is_the_other_way_round() -> None:
    pages = page(Use=LONG), page(Use=LONG, New="Here now.")
    assert [each.change for each in compared(*pages, older=2, newer=1).sections] == ["removed"]


def test_a_version_does_not_differ_from_itself() -> None:
    found = compared(page(Use=LONG, Care="Wash it."), older=1, newer=1)
    assert (found.sections, found.unchanged) == ((), 2)


def test_a_long_section_is_one_section_however_many_chunks_it_has() -> None:
    found = compared(page(Use=LONG), page(Use=LONG.replace("the line", "that line", 1)))
    (only,) = found.sections
    assert (only.section, only.change, found.unchanged) == (("Kettle", "Use"), Change.CHANGED, 0)


def test_removed_sections_come_where_they_stood() -> None:
    before: dict[Place, str] = {(("a",), 0): "1", (("b",), 0): "2", (("c",), 0): "3", (("d",), 0): "4"}
    after: dict[Place, str] = {(("a",), 0): "1", (("c",), 0): "9", (("e",), 0): "5"}
    assert ["".join(each.section) for each in section_changes(before, after)] == ["b", "c", "e", "d"]


def test_sections_of_the_same_name_are_told_apart_by_their_order() -> None:
    before: dict[Place, str] = {(("a",), 0): "1", (("a",), 1): "2"}
    assert [each.diff[1:] for each in section_changes(before, {**before, (("a",), 1): "3"})] == [("-2", "+3")]


def test_a_version_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        compared(page(Use=LONG), older=1, newer=2)
