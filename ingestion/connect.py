"""Where an engine's ingestion writes to, and what its settings allow."""

from __future__ import annotations

from dataclasses import replace

from engine.ports import BuiltIndex
from engine.service import Engine
from engine.settings import Settings
from ingestion.ocr.options import OcrOptions
from ingestion.parsing import Limits
from ingestion.target import IngestTarget

__all__ = ["limits_of", "target_of"]


def target_of(engine: Engine, knowledge_base: str, built: BuiltIndex | None = None) -> IngestTarget:
    """Return the target that fills the index in use of a knowledge base, or another one, with what searches it."""
    parts = engine.parts
    known = parts.knowledge.indexes(knowledge_base)
    filled = built or next(iter(known), None)
    plain = IngestTarget(knowledge_base, parts.knowledge, parts.store, parts.embedder, engine.encoder, parts.detector)
    if filled is None:
        return plain
    return replace(
        plain,
        embedder=engine.embedder_of(filled),
        slot=filled.slot,
        source=filled.source,
        others=tuple(each.name(knowledge_base) for each in known if each.slot != filled.slot),
    )


def limits_of(settings: Settings) -> Limits:
    """Return what the settings say of the files that are taken in, and of how images are read."""
    ocr = OcrOptions(settings.ocr_engine, settings.ocr_languages, settings.ocr_max_pixels, settings.ocr_threads)
    return Limits(settings.max_file_mb, settings.max_text_chars, ocr)
