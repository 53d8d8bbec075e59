"""Snapshots that were cut off, changed or made by others: each is refused by its name, and none half read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.domain.search import SparseVector
from engine.errors import Conflict, InvalidInput
from engine.ports import IndexedChunk
from engine.stores import snapshot as module
from engine.stores.snapshot import read_snapshot, write_snapshot
from tests.fakes.stores import DIMENSION, chunk, unit

CHUNKS = [
    chunk("a", dense=unit(1.0), terms={1: 0.5, 2**32 - 1: 2.0}, title="返品 \ud800", tags=("access:staff",)),
    chunk("b", dense=unit(0.0, 1.0), terms={}, around={9: 1.0}),
    chunk("c", dense=unit(0.5, 0.5), terms={3: 1.0}, text="\x00\U0001f600"),
]
Harm = Callable[[Path], object]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a snapshot of three chunks in two parts."""
    monkeypatch.setattr(module, "CHUNKS_IN_PART", 2)
    write_snapshot(tmp_path / "snapshot", DIMENSION, iter(CHUNKS))
    return tmp_path / "snapshot"


def read(folder: Path) -> list[IndexedChunk]:
    _, chunks = read_snapshot(folder)
    return list(chunks)


def test_what_is_written_is_read_again_to_the_bit(made: Path) -> None:
    dimension, chunks = read_snapshot(made)
    found = list(chunks)
    assert (dimension, [each.record for each in found]) == (DIMENSION, [each.record for each in CHUNKS])
    assert [each.sparse for each in found] == [each.sparse for each in CHUNKS]
    assert [each.context for each in found] == [None, SparseVector((9,), (1.0,)), None]
    assert all(np.array_equal(one.dense, other.dense) for one, other in zip(found, CHUNKS, strict=True))


def rewritten(folder: Path, part: str, **arrays: object) -> None:
    """Put other arrays into a part."""
    with np.load(folder / part) as kept:
        changed = {**{name: kept[name] for name in kept.files}, **arrays}
    np.savez(folder / part, **{name: array for name, array in changed.items() if array is not None})


def manifest(folder: Path, **fields: object) -> None:
    kept = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**kept, **fields}))


FIRST, LAST = "part-00000.npz", "part-00001.npz"
AT_ONCE: dict[str, Harm] = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "an empty manifest": lambda folder: (folder / "manifest.json").write_bytes(b""),
    "a manifest of other bytes": lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"),
    "a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "another format": lambda folder: manifest(folder, format="knowdesk-index/2"),
    "no dimension": lambda folder: manifest(folder, dimension=None),
    "a dimension in words": lambda folder: manifest(folder, dimension="four"),
    "no parts": lambda folder: manifest(folder, parts=None),
    "parts that are no numbers": lambda folder: manifest(folder, parts=["two"]),
}
MEANWHILE: dict[str, Harm] = {
    "a part is missing": lambda folder: (folder / LAST).unlink(),
    "a part is empty": lambda folder: (folder / LAST).write_bytes(b""),
    "a part is cut off": lambda folder: (folder / LAST).write_bytes((folder / LAST).read_bytes()[:-200]),
    "a part is a picture": lambda folder: (folder / LAST).write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500),
    "a part is another": lambda folder: (folder / LAST).write_bytes((folder / FIRST).read_bytes()),
    "fewer than counted": lambda folder: manifest(folder, parts=[2, 2]),
    "more than counted": lambda folder: manifest(folder, parts=[2, 0]),
    "one part more": lambda folder: manifest(folder, parts=[2, 1, 1]),
    "no vectors": lambda folder: rewritten(folder, LAST, dense=None),
    "a vector too few": lambda folder: rewritten(folder, FIRST, dense=np.zeros((1, DIMENSION), np.float32)),
    "no records": lambda folder: rewritten(folder, LAST, records=None),
    "records that are no JSON": lambda folder: rewritten(folder, LAST, records=np.frombuffer(b"[{", np.uint8)),
    "records of nothing": lambda folder: rewritten(folder, LAST, records=np.frombuffer(b"[{}]", np.uint8)),
    "terms without weights": lambda folder: rewritten(folder, FIRST, sparse_values=np.zeros(0, np.float32)),
    "no starts": lambda folder: rewritten(folder, LAST, context_starts=None),
}


@pytest.mark.parametrize("harm", AT_ONCE.values(), ids=list(AT_ONCE))
def test_what_is_no_snapshot_is_refused_before_anything_is_read(made: Path, harm: Harm) -> None:
    harm(made)
    with pytest.raises(InvalidInput, match="no complete snapshot") as caught:
        read_snapshot(made)
    assert str(made) in caught.value.message
    assert caught.value.remedy == "Give the folder of a snapshot."


@pytest.mark.parametrize("harm", MEANWHILE.values(), ids=list(MEANWHILE))
def test_damage_is_told_when_it_is_come_upon(made: Path, harm: Harm) -> None:
    harm(made)
    with pytest.raises(InvalidInput, match="no complete snapshot"):
        read(made)


def test_nothing_in_a_snapshot_is_ever_executed(made: Path) -> None:
    """A pickle in a part could run anything; numpy would load it if it were let."""
    rewritten(made, LAST, records=np.array([print], dtype=object))
    with pytest.raises(InvalidInput, match="no complete snapshot"):
        read(made)


def test_a_snapshot_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield CHUNKS[0]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        write_snapshot(tmp_path / "snapshot", DIMENSION, broken())  # type: ignore[arg-type]
    assert not (tmp_path / "snapshot").exists()
    write_snapshot(tmp_path / "snapshot", DIMENSION, iter(CHUNKS))
    assert len(read(tmp_path / "snapshot")) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["snapshot"]


def test_a_snapshot_never_takes_the_place_of_something(made: Path) -> None:
    before = (made / "manifest.json").read_bytes()
    with pytest.raises(Conflict, match="exists already") as caught:
        write_snapshot(made, DIMENSION, iter(()))
    assert "new folder" in caught.value.remedy
    assert (made / "manifest.json").read_bytes() == before
