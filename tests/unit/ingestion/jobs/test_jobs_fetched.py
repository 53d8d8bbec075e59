from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.jobs.fetched import Fetched, fetched_once
from ingestion.sources import MemoryFile, Noted, Source, SourceFile, SourceNotes, Unavailable

NOTES = SourceNotes(tags=("x",))


class _Far(MemoryFile):
    fetched = 0

    def read(self) -> bytes:
        type(self).fetched += 1
        return self.data


@pytest.fixture(autouse=True)
def _nothing_fetched() -> None:
    _Far.fetched = 0


def test_it_is_the_same_document(tmp_path: Path) -> None:
    file = Fetched(_Far("https://a.example/ü", b"one\ntwo\n", "Title", ".html", NOTES), tmp_path)
    assert (file.uri, file.name) == ("https://a.example/ü", "https://a.example/ü.html")
    assert (file.title, file.notes, file.size, file.read()) == ("Title", NOTES, 8, b"one\ntwo\n")


def test_it_is_fetched_once_even_by_another_process(tmp_path: Path) -> None:
    far = _Far("a", b"content")
    for _ in range(2):
        again = Fetched(far, tmp_path / "folder")
        assert (again.size, again.name, again.read()) == (7, "a", b"content")
    assert _Far.fetched == 1


def test_what_cannot_be_had_is_asked_for_again(tmp_path: Path) -> None:
    file = Fetched(Unavailable("a", "It is away.", "Wait."), tmp_path)
    for _ in range(2):
        with pytest.raises(InvalidInput, match="away"):
            file.read()
    assert list(tmp_path.iterdir()) == []


def test_a_fetch_that_was_killed_leaves_nothing_that_counts(tmp_path: Path) -> None:
    far = _Far("a", b"content")
    Fetched(far, tmp_path).read()
    (kept,) = tmp_path.iterdir()
    kept.rename(kept.with_name(f".draft-{kept.name}"))
    assert Fetched(far, tmp_path).read() == b"content"
    assert _Far.fetched == 2


def test_documents_on_this_machine_are_left_as_they_are(tmp_path: Path) -> None:
    here = SourceFile("a.txt", tmp_path / "a.txt", 1)
    files = (here, Noted(here, NOTES), Unavailable("b", "No.", ""), _Far("c", b"x"), Noted(_Far("d", b"x"), NOTES))
    found = fetched_once(Source("s", files, complete=True), tmp_path)
    assert (found.name, found.complete) == ("s", True)
    assert found.files[:3] == files[:3]
    assert [type(file) for file in found.files[3:]] == [Fetched, Fetched]
    assert found.files[4].notes == NOTES
