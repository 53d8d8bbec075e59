"""Records of chunks that were found lately: reading a hundred payloads takes longer than finding them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from engine.ports import ChunkRecord

__all__ = ["RecordCache"]

CAPACITY = 20_000  # records; about 2 KB each


class RecordCache:
    """Keeps at most `capacity` records, the oldest go first; the caller sees to it that one thread at a time is in."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._records: dict[str, ChunkRecord] = {}

    def get(
        self, chunk_ids: Sequence[str], read: Callable[[list[str]], Iterable[ChunkRecord]]
    ) -> Mapping[str, ChunkRecord]:
        """Return the records of the chunks that exist; `read` returns those that are not kept yet."""
        found = {chunk_id: record for chunk_id in chunk_ids if (record := self._records.get(chunk_id))}
        if missing := [chunk_id for chunk_id in chunk_ids if chunk_id not in found]:
            fresh = {record.chunk_id: record for record in read(missing)}
            found |= fresh
            self._records |= fresh
            for chunk_id in list(islice(self._records, max(0, len(self._records) - self._capacity))):
                del self._records[chunk_id]
        return found

    def forget(self, chunk_ids: Iterable[str]) -> None:
        """Drop the records of chunks that changed."""
        for chunk_id in chunk_ids:
            self._records.pop(chunk_id, None)

    def clear(self) -> None:
        """Drop everything."""
        self._records.clear()
