"""Where an engine's ingestion writes to."""

from __future__ import annotations

from engine.service import Engine
from ingestion.target import IngestTarget

__all__ = ["target_of"]


def target_of(engine: Engine, knowledge_base: str) -> IngestTarget:
    """Return the target that fills a knowledge base of `engine` with what that engine can search."""
    parts = engine.parts
    return IngestTarget(knowledge_base, parts.knowledge, parts.store, parts.embedder, engine.encoder, parts.detector)
