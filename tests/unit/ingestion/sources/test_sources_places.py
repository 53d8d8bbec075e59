from __future__ import annotations

from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from engine.domain.knowledge import DocumentKind
from engine.errors import NotFound
from ingestion.sources import MemoryFile, Source, SourceNotes
from ingestion.sources.places import merged, open_places
from ingestion.sources.web.fetch import Fetcher
from tests.fakes.web import Page, Site


def test_each_place_is_opened_in_its_way(tmp_path: Path, site: Site, fetcher: Fetcher) -> None:
    (tmp_path / "a.md").write_text("A")
    fsspec.filesystem("memory").pipe("/places/b.md", b"B")
    listed = f"<urlset><url><loc>{site.url('/d')}</loc></url></urlset>"
    site.pages = {"/c": Page(b"C"), "/d": Page(b"D"), "/map.xml": Page(listed.encode())}
    places = [str(tmp_path), "memory://places", site.url("/c").replace("http", "HTTP")]
    notes = SourceNotes(DocumentKind.MANUAL)
    found = open_places(places, fetcher=fetcher, sitemaps=[site.url("/map.xml")], notes=notes)
    assert [(source.complete, [file.read() for file in source.files]) for source in found] == [
        (True, [b"A"]),
        (True, [b"B"]),
        (False, [b"C"]),
        (True, [b"D"]),
    ]
    assert {file.notes for source in found for file in source.files} == {notes}


def test_parts_of_one_source_become_one(tmp_path: Path, fetcher: Fetcher) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(name)
    places = [str(tmp_path / "b.md"), tmp_path.as_uri(), str(tmp_path / "a.md")]
    (source,) = open_places(places, fetcher=fetcher)
    assert sorted(file.uri for file in source.files) == ["a.md", "b.md"]
    assert source.complete
    (part,) = open_places([places[0], places[2]], fetcher=fetcher)
    assert not part.complete


def test_nothing_is_opened_where_one_place_is_not_there(tmp_path: Path, fetcher: Fetcher) -> None:
    with pytest.raises(NotFound, match="missing"):
        open_places([str(tmp_path), str(tmp_path / "missing")], fetcher=fetcher)


def test_the_later_of_two_documents_of_the_same_name_counts() -> None:
    first, second = MemoryFile("a", b"1"), MemoryFile("a", b"2")
    (source,) = merged([Source("x", (first,), True), Source("x", (second,), False)])
    assert source == Source("x", (second,), True)
