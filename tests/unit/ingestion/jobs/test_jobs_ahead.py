from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.jobs.ahead import Ahead, Begun, ParsedBlock, is_indexed
from ingestion.jobs.pulse import Stopped
from ingestion.paging import PageDone
from ingestion.parsing import Limits
from ingestion.sources import MemoryFile, Readable, SourceNotes
from ingestion.target import IngestOptions
from ingestion.workers.pool import NoPool
from tests.unit.ingestion.memory import KB, SOURCE, Place
from tests.unit.ingestion.workers.hooks import paged, plain

OPTIONS = IngestOptions(limits=Limits(max_file_mb=0.01), parse=plain)


class _Pool(NoPool):
    """Notes what it parses."""

    def __init__(self) -> None:
        super().__init__(plain, 2)
        object.__setattr__(self, "names", [])

    names: list[str]

    def parse(self, data: bytes, **options: object) -> ParsedDocument:
        self.names.append(str(options["name"]))
        return super().parse(data, **options)  # type: ignore[arg-type]


@pytest.fixture
def pool() -> _Pool:
    return _Pool()


@pytest.fixture
def ahead(pool: _Pool) -> Iterator[Ahead]:
    made = Ahead(pool, OPTIONS, check=lambda: None)
    yield made
    made.close()


def _block(ahead: Ahead, *files: Readable, current: tuple[str, ...] = ()) -> ParsedBlock:
    started = ahead.start(files, fetch=lambda read: read(), is_current=lambda file, data: file.uri in current)
    return ahead.finish(started, on_wait=lambda: None)


def _parse(block: ParsedBlock, file: Readable) -> ParsedDocument:
    return block.parse(file.read(), name=file.name, limits=OPTIONS.limits)


def test_files_are_parsed_once_and_handed_out_as_often_as_asked(ahead: Ahead, pool: _Pool) -> None:
    files = [MemoryFile(f"{number}.txt", b"Text %d." % number) for number in range(5)]
    block = _block(ahead, *files)
    assert [(file.uri, file.size) for file in block.files] == [(file.uri, 7) for file in files]
    assert sorted(pool.names) == [file.uri for file in files]
    for file in [*block.files, *block.files]:
        assert _parse(block, file).text == file.read().decode()
    assert len(pool.names) == 5


def test_what_is_current_is_read_and_not_parsed(ahead: Ahead, pool: _Pool) -> None:
    block = _block(ahead, MemoryFile("a.txt", b"A."), MemoryFile("b.txt", b"B."), current=("a.txt",))
    assert pool.names == ["b.txt"]
    assert _parse(block, block.files[0]).text == "A."  # it turned out to be needed
    assert pool.names == ["b.txt", "a.txt"]


def test_failures_are_kept_with_their_remedy(ahead: Ahead, pool: _Pool) -> None:
    block = _block(ahead, MemoryFile("a.txt", b"%broken"))
    for _ in range(2):
        with pytest.raises(InvalidInput, match="broken") as failure:
            _parse(block, block.files[0])
        assert failure.value.remedy == "Mend it."
    assert pool.names == ["a.txt"]


@pytest.mark.parametrize("data", [b"", b"x" * 20_000])
def test_what_has_no_allowed_size_is_not_even_read(ahead: Ahead, pool: _Pool, data: bytes) -> None:
    class Unread(MemoryFile):
        def read(self) -> bytes:
            raise AssertionError("it is read")

    block = _block(ahead, Unread("a.txt", data, "Title", notes=SourceNotes(tags=("x",))))
    (file,) = block.files
    assert (file.uri, file.title, file.notes.tags) == ("a.txt", "Title", ("x",))
    with pytest.raises(InvalidInput):
        file.read()
    assert pool.names == []


def test_two_files_with_one_name_are_told_apart(ahead: Ahead) -> None:
    block = _block(ahead, MemoryFile("a.txt", b"One."), MemoryFile("a.txt", b"Two."))
    assert [_parse(block, file).text for file in block.files] == ["One.", "Two."]


def test_what_is_in_an_archive_is_parsed_ahead(ahead: Ahead, pool: _Pool) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("in/one.txt", "One.")
        archive.writestr("two.txt", "Two.")
    block = _block(ahead, MemoryFile("a.zip", buffer.getvalue()))
    members = list(OPTIONS.expand(block.files[0]))
    assert len(members) == 2
    before = list(pool.names)
    assert sorted(_parse(block, member).text for member in members) == ["One.", "Two."]
    assert pool.names == before


def test_pages_are_counted_as_they_are_taken(ahead: Ahead) -> None:
    block = _block(ahead, MemoryFile("a.txt", b"One.\n\fTwo.\n\fThree."), MemoryFile("b.txt", b"One."))
    assert block.pages == 0
    for file in block.files:
        _parse(block, file)
    assert block.pages == 4


def test_pages_are_told_while_they_are_parsed() -> None:
    ahead = Ahead(NoPool(paged), OPTIONS, check=lambda: None)
    begun = ahead.start(
        [MemoryFile("a.txt", b"one\ntwo\nthree"), MemoryFile("b.txt", b"one")],
        fetch=lambda read: read(),
        is_current=lambda file, data: False,
    )
    seen: list[tuple[int, str]] = []
    ahead.finish(begun, on_wait=lambda: seen.append((begun.pages, begun.note)))
    ahead.close()
    assert begun.pages == 4
    assert begun.note == ""
    assert "a.txt: page 2 of 3" in {note for _, note in seen}
    assert [pages for pages, _ in seen] == sorted(pages for pages, _ in seen)


def test_the_note_names_files_of_several_pages_that_are_under_way() -> None:
    begun = Begun(at={"a.pdf": PageDone(7, 200), "b.pdf": PageDone(3, 3), "c.tif": PageDone(1, 2)})
    assert begun.note == "a.pdf: page 7 of 200, c.tif: page 1 of 2"
    assert begun.pages == 11
    assert begun.parsed == pytest.approx(7 / 200 + 1 + 1 / 2)


def test_who_waits_may_stop_it(pool: _Pool) -> None:
    stop = threading.Event()

    def check() -> None:
        if stop.is_set():
            raise Stopped

    def slow(read: object) -> bytes:
        time.sleep(0.05)
        return b"x"

    ahead = Ahead(pool, OPTIONS, check=check)
    files = [MemoryFile(f"{number}.txt", b"x") for number in range(50)]
    started = ahead.start(files, fetch=slow, is_current=lambda file, data: False)
    stop.set()
    with pytest.raises(Stopped):
        ahead.finish(started, on_wait=check)
    began = time.monotonic()
    ahead.close()
    assert time.monotonic() - began < 1
    assert len(pool.names) < 50


def test_a_document_is_indexed_with_that_very_content() -> None:
    place, options = Place(), IngestOptions()
    file = MemoryFile("a.md", b"# A\n\nText.")
    assert not is_indexed(place.target, options, SOURCE, file, file.data)
    place.ingest([file])
    assert is_indexed(place.target, options, SOURCE, file, file.data)
    assert not is_indexed(place.target, options, SOURCE, file, b"# A\n\nOther.")
    assert not is_indexed(place.target, options, "elsewhere", file, file.data)
    assert not is_indexed(place.target, options, SOURCE, replace(file, notes=SourceNotes(tags=("x",))), file.data)
    assert place.target.knowledge_base == KB
