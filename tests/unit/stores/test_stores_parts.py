"""The small parts of the stores: names, batches, checks, the record cache and the folder's state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.ports import ChunkRecord
from engine.stores.batches import batches
from engine.stores.edge_folder import EdgeFolder, EdgeState
from engine.stores.naming import safe_name
from engine.stores.record_cache import RecordCache
from engine.stores.validation import point_ids
from tests.fakes.stores import chunk, chunk_id

NAMES = [
    "support",
    "Support",
    "support ",
    "../../etc",
    "支持",
    "支援",
    "",
    "a/b",
    "a\\b",
    "CON",
    "x" * 500,
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_safe_name_is_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,47}[a-z0-9])?", safe_name(name))
    assert safe_name(name) == safe_name(name)


def test_different_names_stay_different_whatever_their_case() -> None:
    assert len({safe_name(name).casefold() for name in NAMES}) == len(NAMES)
    assert safe_name("support").startswith("support-")


@pytest.mark.parametrize(
    ("count", "expected"), [(0, []), (1, [[0]]), (4, [[0, 1], [2, 3]]), (5, [[0, 1], [2, 3], [4]])]
)
def test_batches_cover_everything_in_order(count: int, expected: list[list[int]]) -> None:
    assert list(batches(range(count), 2)) == expected


def test_only_uuids_are_ids() -> None:
    good = chunk_id("a")
    assert point_ids([good, good.upper(), good + "\n", f" {good}", good.replace("-", ""), "", "1"]) == [good]


class Source:
    def __init__(self) -> None:
        self.read_ids: list[list[str]] = []
        self.version = 1

    def read(self, chunk_ids: list[str]) -> list[ChunkRecord]:
        self.read_ids.append(chunk_ids)
        return [chunk(name, chunk_id=name, version=self.version).record for name in chunk_ids if name != "gone"]


def test_the_cache_reads_what_it_does_not_have() -> None:
    cache, source = RecordCache(), Source()
    assert set(cache.get(["a", "b", "gone"], source.read)) == {"a", "b"}
    assert set(cache.get(["b", "c", "gone"], source.read)) == {"b", "c"}
    assert source.read_ids == [["a", "b", "gone"], ["c", "gone"]]


def test_the_cache_forgets_what_changed() -> None:
    cache, source = RecordCache(), Source()
    cache.get(["a", "b"], source.read)
    source.version = 2
    cache.forget(["a", "unknown"])
    assert {name: record.version for name, record in cache.get(["a", "b"], source.read).items()} == {"a": 2, "b": 1}
    cache.clear()
    assert cache.get(["b"], source.read)["b"].version == 2


def test_the_cache_stays_small_and_still_answers() -> None:
    cache, source = RecordCache(capacity=3), Source()
    assert len(cache.get([f"{n}" for n in range(10)], source.read)) == 10
    cache.get(["9", "8", "7"], source.read)
    assert len(source.read_ids) == 1
    cache.get(["0"], source.read)
    cache.get(["7"], source.read)
    assert source.read_ids[1:] == [["0"], ["7"]]


def test_the_state_is_replaced_in_one_step(tmp_path: Path) -> None:
    folder = EdgeFolder(tmp_path / "kb")
    shard = folder.new_shard()
    assert not folder.exists
    state = EdgeState("知識 \ud800", 4, shard.name)
    folder.write(state)
    assert folder.read() == state
    (folder.path / ".draft-state.json").write_text("half")
    newer = EdgeState("知識 \ud800", 4, folder.new_shard().name, compacted=5, removed=2)
    folder.write(newer)
    assert folder.read() == newer
    folder.sweep(newer.shard)
    assert [path.name for path in folder.path.glob("shard-*")] == [newer.shard]
    folder.remove()
    assert not folder.path.exists()
    folder.remove()
