"""What an index is built with, and whether it can be searched with what there is now."""

from __future__ import annotations

from engine.errors import Conflict
from engine.ports import EmbedderInfo, IndexSignature, KnowledgeRepository

__all__ = ["check_signature", "index_signature", "name_in_use"]


def index_signature(info: EmbedderInfo, terms: str) -> IndexSignature:
    """Return what is built with a model and the term scheme named `terms`."""
    return IndexSignature(info.model, info.revision, info.dimension, info.normalized, terms)


def name_in_use(knowledge: KnowledgeRepository, knowledge_base: str) -> str:
    """Return what stores call the index in use, or the one that will be made first."""
    built = knowledge.index(knowledge_base)
    return built.name(knowledge_base) if built else knowledge_base


def check_signature(knowledge_base: str, *, built: IndexSignature, wanted: IndexSignature) -> None:
    """Raise Conflict, naming both and the remedy, if the index was built with something else than is wanted."""
    if built != wanted:
        raise Conflict(
            f"Knowledge base {knowledge_base!r} is indexed with {_named(built)}, the settings say {_named(wanted)}.",
            remedy="Set KNOWDESK_EMBEDDING_MODEL back, or index it anew with `knowdesk ingest --rebuild`.",
        )


def _named(signature: IndexSignature) -> str:
    revision = f" at revision {signature.revision[:12]}" if signature.revision else ""
    return f"{signature.model}{revision} ({signature.dimension} dimensions, terms {signature.terms})"
