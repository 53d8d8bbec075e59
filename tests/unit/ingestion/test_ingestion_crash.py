"""A run that is killed at any call of any port, and the runs after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pytest

from engine.domain.knowledge import StoredText
from ingestion.chunking.chunker import ChunkOptions
from ingestion.parsing import parse
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile
from ingestion.target import IngestOptions, IngestTarget
from tests.unit.ingestion.memory import KB, SOURCE, Place, report_of

OPTIONS = IngestOptions(chunking=ChunkOptions(30.0, 0.0), batch_chunks=3, parse=cache(parse))
"""Each text is parsed once: the same few are ingested hundreds of times."""

STAYS = "The kettle remembers the last setting. It switches itself off after an hour. Never fill it above the line."


def page(uri: str, *parts: str, title: str = "") -> MemoryFile:
    sections = "\n\n".join(f"## Part {number}\n\n{part}" for number, part in enumerate(parts))
    return MemoryFile(uri, f"# {uri}\n\n{sections}".encode(), title)


BEFORE = (
    page("changed.md", STAYS, "Old ending."),
    page("gone.md", STAYS),
    page("shorter.md", STAYS, "A part that is taken away."),
    page("renamed.md", STAYS, title="Old title"),
    page("same.md", STAYS, "Same ending."),
)
AFTER = (
    page("changed.md", STAYS, "New ending.", "And a new part."),
    page("new.md", STAYS, "New document."),
    page("shorter.md", STAYS),
    page("renamed.md", STAYS, title="New title"),
    page("same.md", STAYS, "Same ending."),
)


class Killed(BaseException):
    """The process is gone; nothing may catch this."""


@dataclass
class Bomb:
    """Counts the calls of all ports and kills before, in the middle of, or after call number `at`."""

    at: int
    when: str
    calls: list[str] = field(default_factory=list)

    def call(self, name: str, function: Callable[..., object], *args: object, **options: object) -> object:
        self.calls.append(name)
        due = len(self.calls) - 1 == self.at
        if due and self.when == "before":
            raise Killed
        if due and self.when == "amid" and name == "upsert":
            base, chunks = args
            assert isinstance(chunks, Sequence)
            function(base, chunks[: len(chunks) // 2])
            raise Killed
        try:
            return function(*args, **options)
        finally:
            if due:
                raise Killed


class Wired:
    """A port whose calls go through a bomb."""

    def __init__(self, port: object, bomb: Bomb) -> None:
        self._port, self._bomb = port, bomb

    def __getattr__(self, name: str) -> object:
        found = getattr(self._port, name)
        if not callable(found):
            return found
        return lambda *args, **options: self._bomb.call(name, found, *args, **options)


def run(place: Place, files: Sequence[MemoryFile], bomb: Bomb | None = None, *, synchronize: bool = True) -> None:
    clean = place.target
    wired = bomb and IngestTarget(
        KB,
        Wired(clean.knowledge, bomb),  # type: ignore[arg-type]
        Wired(clean.store, bomb),  # type: ignore[arg-type]
        Wired(clean.embedder, bomb),  # type: ignore[arg-type]
        clean.encoder,
        clean.detector,
    )
    report_of(ingest(files, target=wired or clean, source=SOURCE, synchronize=synchronize, options=OPTIONS))


@cache
def _ingested(runs: tuple[tuple[MemoryFile, ...], ...], synchronize: bool) -> Place:
    place = Place()
    for files in runs:
        run(place, files, synchronize=synchronize)
    return place


def place_with(*runs: tuple[MemoryFile, ...], synchronize: bool = True) -> Place:
    """Return a place of one's own in which these runs were made."""
    return deepcopy(_ingested(runs, synchronize))


@cache
def calls(first: bool, synchronize: bool) -> tuple[str, ...]:
    """Return the names of the port calls of an uninterrupted run."""
    place, bomb = place_with(*(() if first else (BEFORE,))), Bomb(-1, "never")
    run(place, BEFORE if first else AFTER, bomb, synchronize=synchronize)
    return tuple(bomb.calls)


def points(first: bool, synchronize: bool) -> list[tuple[int, str]]:
    names = calls(first, synchronize)
    amid = [(at, "amid") for at, name in enumerate(names) if name == "upsert"]
    return [(at, when) for at in range(len(names)) for when in ("before", "after")] + amid


def killed(place: Place, files: Sequence[MemoryFile], point: tuple[int, str], *, synchronize: bool = True) -> None:
    with pytest.raises(Killed):
        run(place, files, Bomb(*point), synchronize=synchronize)


def test_the_small_corpus_meets_every_kind_of_write() -> None:
    names = calls(first=False, synchronize=True)
    assert {"stage", "upsert", "activate", "embed_passages"} <= set(names)
    assert names.count("upsert") >= 2
    assert names.count("delete_document") >= 5  # old versions in the store, the one that is gone in both
    assert {"add_knowledge_base", "create", "use_index"} <= set(calls(first=True, synchronize=True))


@pytest.mark.parametrize("synchronize", [True, False])
def test_a_first_run_that_was_killed_is_finished_by_the_next(synchronize: bool) -> None:
    expected = place_with(BEFORE, synchronize=synchronize).state()
    for point in points(first=True, synchronize=synchronize):
        place = Place()
        killed(place, BEFORE, point, synchronize=synchronize)
        run(place, BEFORE, synchronize=synchronize)
        place.check()
        assert place.state() == expected, point


@pytest.mark.parametrize("synchronize", [True, False])
def test_an_update_that_was_killed_is_finished_by_the_next(synchronize: bool) -> None:
    expected = place_with(BEFORE)
    run(expected, AFTER, synchronize=synchronize)
    for point in points(first=False, synchronize=synchronize):
        place = place_with(BEFORE)
        killed(place, AFTER, point, synchronize=synchronize)
        run(place, AFTER, synchronize=synchronize)
        place.check()
        assert place.state() == expected.state(), point


def test_an_update_that_was_killed_twice_is_finished_too() -> None:
    expected = place_with(BEFORE, AFTER).state()
    every = points(first=False, synchronize=True)
    for at, point in enumerate(every):
        place = place_with(BEFORE)
        killed(place, AFTER, point)
        killed(place, AFTER, (every[-1 - at][0] // 3, "after"))
        run(place, AFTER)
        place.check()
        assert place.state() == expected, point


def test_an_update_that_was_killed_may_be_taken_back() -> None:
    texts = [text.text for text in _texts(place_with(BEFORE))]
    for point in points(first=False, synchronize=True):
        place = place_with(BEFORE)
        killed(place, AFTER, point)
        run(place, BEFORE)
        place.check()
        assert [text.text for text in _texts(place)] == texts, point


@pytest.mark.parametrize("synchronize", [True, False])
def test_at_every_moment_readers_find_all_of_the_version_in_force(synchronize: bool) -> None:
    for point in points(first=False, synchronize=synchronize):
        place = place_with(BEFORE)
        killed(place, AFTER, point, synchronize=synchronize)
        found = {record.chunk_id: record for record in place.store.records(KB)}
        current = place.knowledge.in_force(list(place.knowledge.active), date(2026, 6, 1))
        for key, version in current.items():
            if key not in {record.document_id for record in found.values()}:
                continue  # it is being deleted: its chunks go at once, before it does
            for chunk in place.knowledge.chunks(key, version.version):
                assert found[chunk.id].text == chunk.text, point


def test_what_is_written_for_the_second_time_has_the_vectors_it_had() -> None:
    place = place_with(BEFORE)
    before = len(place.embedder.texts)
    run(place, AFTER)
    fresh = place.embedder.texts[before:]
    assert all(STAYS.split(".", maxsplit=1)[0] not in text for text in fresh if "changed.md" in text)
    assert len(fresh) < len(list(place.store.records(KB)))


def _texts(place: Place) -> list[StoredText]:
    return [place.knowledge.stored_text(each.id, each.version) for each in place.knowledge.documents(KB)]
