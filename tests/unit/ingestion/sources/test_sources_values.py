from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.chunking.chunker import ChunkOptions
from ingestion.preparing import content_hash
from ingestion.sources import MemoryFile, Noted, Readable, Source, SourceFile, SourceNotes, Unavailable

NOTES = SourceNotes(DocumentKind.POLICY, ("b", "a"), date(2026, 1, 1), date(2026, 12, 31), "Title")
PARSED = ParsedDocument(
    "",
    "Text",
    (),
    tags=("a", "c"),
    kind=DocumentKind.FAQ,
    effective_from=date(2025, 1, 1),
    effective_until=date(2025, 2, 1),
)


def hashed(notes: SourceNotes) -> str:
    return content_hash(b"data", title="", chunking=ChunkOptions(), notes=notes.key)


def test_notes_win_and_tags_are_united() -> None:
    found = NOTES.applied(PARSED)
    assert (found.kind, found.tags) == (DocumentKind.POLICY, ("b", "a", "c"))
    assert (found.effective_from, found.effective_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert found.text == "Text"


def test_notes_that_say_nothing_change_nothing() -> None:
    assert SourceNotes().applied(PARSED) == PARSED
    assert SourceNotes().key == SourceNotes(title="Title").key == ""


@pytest.mark.parametrize(
    "notes",
    [
        SourceNotes(kind=DocumentKind.FAQ),
        SourceNotes(tags=("faq",)),
        SourceNotes(tags=("fa", "q")),
        SourceNotes(effective_from=date(2026, 1, 1)),
        SourceNotes(effective_until=date(2026, 1, 1)),
        NOTES,
    ],
)
def test_every_note_is_part_of_the_content_hash(notes: SourceNotes) -> None:
    others = [SourceNotes(), SourceNotes(kind=DocumentKind.CASE), SourceNotes(tags=("faq", "x"))]
    assert hashed(notes) not in {hashed(other) for other in others}
    assert hashed(notes) == hashed(notes)


@pytest.mark.parametrize(
    "file",
    [MemoryFile("a.md", b"x"), SourceFile("a.md", Path("a.md"), 1), Unavailable("a.md", "Gone.", "Look.")],
)
def test_nothing_is_noted_unless_somebody_does(file: Readable) -> None:
    assert file.notes == SourceNotes()
    assert file.title == ""


def test_a_noted_file_is_the_file_with_other_notes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    file = SourceFile("a.md", tmp_path / "a.md", 1, title="Own")
    noted = Noted(file, NOTES)
    assert (noted.uri, noted.name, noted.size, noted.read()) == ("a.md", "a.md", 1, b"x")
    assert (noted.notes, noted.title) == (NOTES, "Title")
    assert Noted(file, SourceNotes()).title == "Own"


def test_a_source_is_noted_as_a_whole() -> None:
    source = Source("x", (MemoryFile("a", b"x"), MemoryFile("b", b"y")), True)
    noted = source.noted(NOTES)
    assert [file.notes for file in noted.files] == [NOTES, NOTES]
    assert (noted.name, noted.complete) == ("x", True)
    assert source.noted(SourceNotes()) is source


def test_what_cannot_be_had_says_why() -> None:
    file = Unavailable("https://x.example/a", "The page is gone.", "Leave it out.")
    assert file.name == file.uri
    with pytest.raises(InvalidInput, match=r"The page is gone\.") as caught:
        file.read()
    assert caught.value.remedy == "Leave it out."
    with pytest.raises(InvalidInput, match=r"The page is gone\."):
        _ = file.size
