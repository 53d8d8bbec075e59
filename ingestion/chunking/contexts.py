"""Group neighbouring chunks into the stretches whose terms are indexed together."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.knowledge import Chunk, stable_id
from ingestion.chunking.weight import weight

__all__ = ["contexts"]


def contexts(chunks: Sequence[Chunk], *, max_weight: float = 2000.0) -> tuple[str, ...]:
    """Return each chunk's context id: runs of chunks of one document, filled up to `max_weight`.

    The id is made from the run's first chunk, so that it stays where the text stays.
    """
    ids: list[str] = []
    filled = 0.0
    for at, chunk in enumerate(chunks):
        own = weight(chunk.text)
        filled += own
        if at == 0 or filled > max_weight or chunk.document_id != chunks[at - 1].document_id:
            ids.append(stable_id(chunk.document_id, "context", chunk.id))
            filled = own
        else:
            ids.append(ids[-1])
    return tuple(ids)
