"""Make an index hold what a knowledge base holds, while others search and write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from engine.errors import BackendFailed, NotFound
from ingestion.inventory import Version, repaired
from ingestion.preparing import Prepared, stored
from ingestion.target import IngestTarget
from ingestion.writing import Writer

__all__ = ["Filled", "check_filled", "fill"]

_BATCH: Final = 512  # chunks that are embedded and written together


@dataclass(frozen=True, slots=True)
class Filled:
    """How far it is: versions of documents, of all, and the chunks that were embedded."""

    done: int
    total: int
    chunks: int = 0


def fill(target: IngestTarget) -> Iterator[Filled]:
    """Bring the target's index up to date with the stored documents; yield how far it is.

    What is there stays; chunks of versions that are in force on no day any more go. What others write meanwhile is for
    the next time, but what they delete is not written. NotFound if the knowledge base is deleted meanwhile.
    """
    target.store.create(target.index, target.signature.dimension)
    expected = target.knowledge.indexed_versions(target.knowledge_base)
    total = sum(map(len, expected.values()))
    missing = tuple(repaired(target, expected))
    done, chunks = total - len(missing), 0
    yield Filled(done, total)
    writer = Writer(target)
    try:
        for batch in _batches(target, missing):
            for more in writer.index(batch):
                chunks += more
                yield Filled(done, total, chunks)
            _forget_deleted(target, batch)
            done += len(batch)
            yield Filled(done, total, chunks)
    finally:
        _check_there(target)
    if missing:
        target.store.optimize(target.index)


def check_filled(target: IngestTarget) -> None:
    """Raise BackendFailed unless the index has just what is stored; nobody may write meanwhile."""
    expected = target.knowledge.indexed_versions(target.knowledge_base)
    wanted = sum(sum(versions.values()) for versions in expected.values())
    found = target.store.count(target.index)
    if found != wanted:
        raise BackendFailed(f"The new index has {found} passages, not {wanted}.", remedy="Try again; see the log.")


def _forget_deleted(target: IngestTarget, batch: Sequence[Prepared]) -> None:
    """Remove what was written of documents that were deleted while their chunks were embedded."""
    keys = {each.document.id for each in batch}
    for key in keys - target.knowledge.indexed_versions(target.knowledge_base, list(keys)).keys():
        target.store.delete_document(target.index, key)


def _check_there(target: IngestTarget) -> None:
    """Raise NotFound, and leave no index behind, if the knowledge base was deleted."""
    try:
        target.knowledge.knowledge_base(target.knowledge_base)
    except NotFound:
        target.store.drop(target.index)
        raise


def _batches(target: IngestTarget, versions: Sequence[Version]) -> Iterator[list[Prepared]]:
    batch = list[Prepared]()
    for key, version in versions:
        with suppress(NotFound):  # deleted since
            batch.append(stored(target.knowledge, target.knowledge.version(key, version)))
        if sum(len(each.chunks) for each in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
