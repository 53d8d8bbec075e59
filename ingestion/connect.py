"""Where an engine's ingestion writes to, and what its settings allow."""

from __future__ import annotations

from engine.service import Engine
from engine.settings import Settings
from ingestion.ocr.options import OcrOptions
from ingestion.parsing import Limits
from ingestion.target import IngestTarget

__all__ = ["limits_of", "target_of"]


def target_of(engine: Engine, knowledge_base: str) -> IngestTarget:
    """Return the target that fills a knowledge base of `engine` with what that engine can search."""
    parts = engine.parts
    return IngestTarget(knowledge_base, parts.knowledge, parts.store, parts.embedder, engine.encoder, parts.detector)


def limits_of(settings: Settings) -> Limits:
    """Return what the settings say of the files that are taken in, and of how images are read."""
    ocr = OcrOptions(settings.ocr_engine, settings.ocr_languages, settings.ocr_max_pixels, settings.ocr_threads)
    return Limits(settings.max_file_mb, settings.max_text_chars, ocr)
