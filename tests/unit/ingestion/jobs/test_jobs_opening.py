from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.jobs.opening import Block, Plan, open_sources, planned, taken
from ingestion.jobs.values import PLACE, JobSpec, SourceSpec
from ingestion.sources import MemoryFile, Source, SourceFile, SourceNotes
from tests.unit.ingestion.jobs.shop import SourceOf


def _file(uri: str, size: int = 10) -> SourceFile:
    return SourceFile(uri, Path(uri), size)


def _sizes(plan: Plan) -> list[int]:
    return [len(block.uris) for block in plan.blocks]


def test_a_block_has_at_most_twenty_files() -> None:
    plan = planned([Source("a", tuple(_file(str(number)) for number in range(45)), complete=True)])
    assert _sizes(plan) == [20, 20, 5]
    assert plan.complete == (0,)


def test_a_block_is_small_enough_for_memory() -> None:
    sizes = (10_000_000, 30_000_000, 1_000_000, 1_000_000, 64_000_000, 1)
    plan = planned([Source("a", tuple(_file(str(at), size) for at, size in enumerate(sizes)), complete=False)])
    assert _sizes(plan) == [1, 3, 1, 1]
    assert plan.complete == ()


def test_files_that_are_far_away_come_in_smaller_blocks_and_are_not_fetched() -> None:
    class Far(MemoryFile):
        @property
        def size(self) -> int:
            raise AssertionError("it is fetched")

    plan = planned([Source("site", tuple(Far(str(number), b"") for number in range(20)), complete=False)])
    assert _sizes(plan) == [8, 8, 4]


def test_blocks_do_not_mix_sources_and_nothing_is_no_block() -> None:
    plan = planned([Source("a", (_file("1"),), False), Source("b", (), True), Source("c", (_file("2"),), True)])
    assert plan.blocks == (Block(0, ("1",)), Block(2, ("2",)))
    assert plan.complete == (1, 2)


def test_a_plan_survives_json() -> None:
    plan = planned([Source("a", (_file("日本/1.txt"), _file("2")), True)])
    assert Plan.from_json(plan.to_json()) == plan


def test_a_block_is_taken_from_its_source() -> None:
    sources = [Source("a", (_file("1"),), False), Source("b", (_file("1"), _file("2")), False)]
    assert taken(Block(1, ("2", "1")), sources) == [_file("2"), _file("1")]


@pytest.mark.parametrize("block", [Block(0, ("gone",)), Block(3, ("gone",))])
def test_what_is_gone_cannot_be_read(block: Block) -> None:
    (file,) = taken(block, [Source("a", (_file("1"),), False)])
    assert file.uri == "gone"
    with pytest.raises(InvalidInput, match="is gone") as failure:
        file.read()
    assert failure.value.remedy


def _spec(*kinds: str, notes: SourceNotes | None = None, only: tuple[str, ...] = ()) -> JobSpec:
    return JobSpec("kb", tuple(SourceSpec(kind, "", notes or SourceNotes()) for kind in kinds), only=only)


def test_sources_of_the_same_name_are_one() -> None:
    openers = {
        "folder": SourceOf([_file("1"), _file("2")], "docs", complete=True),
        "file": SourceOf([_file("2", 99)], "docs"),
        "other": SourceOf([_file("1")], "other"),
    }
    first, second = open_sources(_spec("folder", "file", "other"), openers)
    assert (first.name, first.files, first.complete) == ("docs", (_file("1"), _file("2", 99)), True)
    assert (second.name, second.complete) == ("other", False)


def test_notes_are_on_every_document() -> None:
    notes = SourceNotes(tags=("x",), effective_from=date(2026, 1, 1))
    (source,) = open_sources(_spec(PLACE, notes=notes), {PLACE: SourceOf([_file("1"), _file("2")])})
    assert [file.notes for file in source.files] == [notes, notes]


def test_only_some_are_no_complete_source_and_members_bring_their_archive() -> None:
    openers = {PLACE: SourceOf([_file("a.zip"), _file("b.txt"), _file("c.txt")], complete=True)}
    (source,) = open_sources(_spec(PLACE, only=("a.zip/in.txt", "c.txt")), openers)
    assert [file.uri for file in source.files] == ["a.zip", "c.txt"]
    assert not source.complete
