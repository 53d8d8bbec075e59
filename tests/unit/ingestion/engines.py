"""OCR engines with real models, loaded once for all tests of a process."""

from __future__ import annotations

from ingestion.ocr.options import OcrOptions
from ingestion.ocr.rapid import RapidEngine
from ingestion.ocr.reader import page_reader
from ingestion.ocr.scripts import ScriptAwareEngine

__all__ = ["rapid_engine"]


def rapid_engine() -> RapidEngine:
    """Return the engine that parsers use by default, without its help for other scripts."""
    engine = page_reader(OcrOptions()).engine
    first = engine.first if isinstance(engine, ScriptAwareEngine) else engine
    assert isinstance(first, RapidEngine)
    return first
