"""Readers during edits, on the real store and repository: never a mixture, never a gap."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest

from engine.assembly import build_engine
from engine.service import Engine
from engine.settings import load_settings
from ingestion.chunking.chunker import ChunkOptions
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile
from ingestion.target import IngestOptions
from tests.fakes.embedding import HashEmbedder
from tests.fakes.stores import folder
from tests.unit.ingestion.memory import report_of

PARTS = ("inlet", "outlet", "gasket", "beacon")
EDITS = 25
OPTIONS = IngestOptions(chunking=ChunkOptions(30.0, 0.0))


def page(state: tuple[int, ...]) -> MemoryFile:
    pairs = zip(PARTS, state, strict=True)
    sections = "\n\n".join(f"## {part}\n\nThe hydrator {part} is of edition {n}. Keep it dry." for part, n in pairs)
    return MemoryFile("a.md", f"# Hydrator\n\n{sections}".encode())


def seen(engine: Engine) -> tuple[tuple[int, ...], set[int]]:
    """Return the edition of each part, and the versions that they are from."""
    found = engine.search("kb", "edition of the hydrator inlet outlet gasket beacon").passages
    editions = dict(pair for each in found for pair in re.findall(r"hydrator (\w+) is of edition (\d+)", each.text))
    return tuple(int(editions.get(part, -1)) for part in PARTS), {each.version for each in found}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with folder() as path:
        built = build_engine(load_settings(data_dir=path), embedder=HashEmbedder())
        yield built
        built.close()


def test_readers_see_whole_versions_only_and_always_one(engine: Engine) -> None:
    states = [(0,) * len(PARTS)]
    odd: list[object] = []
    looks, done = [0], threading.Event()

    def write(state: tuple[int, ...]) -> None:
        report_of(ingest([page(state)], target=target_of(engine, "kb"), source="docs", options=OPTIONS))

    def look() -> None:
        newest = 0
        while not done.is_set():
            state, versions = seen(engine)
            looks[0] += 1
            if state not in states or len(versions) != 1 or min(versions) < newest:
                odd.append((state, versions, newest))
            newest = max(versions, default=newest)

    write(states[0])
    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, EDITS + 1):
        states.append(tuple(number if at == number % len(PARTS) else old for at, old in enumerate(states[-1])))
        write(states[-1])
    done.set()
    for reader in readers:
        reader.join(60)
    assert odd == []
    assert looks[0] > EDITS
    assert seen(engine) == (states[-1], {EDITS + 1})
