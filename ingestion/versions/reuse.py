"""Vectors that a document has already: what is embedded again is only what changed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.ports import Vector
from ingestion.preparing import Prepared, stored
from ingestion.target import IngestTarget

__all__ = ["known_vectors"]


def known_vectors(target: IngestTarget, prepared: Prepared) -> Mapping[str, Vector]:
    """Return, by what is searched, the vectors of those of the document's texts that its indexed versions have too.

    The index is open, so that what is in it was made with the model that is used now.
    """
    key, name = prepared.document.id, target.knowledge_base
    wanted = set(prepared.texts)
    texts: dict[str, str] = {}  # by chunk
    for version in target.knowledge.indexed_versions(name, [key]).get(key, ()):
        before = stored(target.knowledge, target.knowledge.version(key, version))
        texts |= {chunk.id: text for chunk, text in zip(before.chunks, before.texts, strict=True) if text in wanted}
    found = target.store.vectors(target.index, list(texts)) if texts else {}
    return {texts[chunk]: vector for chunk, vector in found.items()}
