"""Read the lines off a photograph of a slip."""

from __future__ import annotations

from engine.domain.form import SlipLine
from engine.errors import InvalidInput
from ingestion.ocr.images import frames
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.reader import PageReader, page_reader

__all__ = ["read_slip"]


def read_slip(data: bytes, options: OcrOptions, *, name: str, reader: PageReader | None = None) -> tuple[SlipLine, ...]:
    """Return the lines on the first picture of an image file, upright and straight.

    InvalidInput for a file that is no image or on which nothing can be read; Misconfigured without an OCR engine.
    """
    page = (reader or page_reader(options)).read(next(frames(data, name=name, max_pixels=options.max_pixels)))
    if not page.lines:
        raise InvalidInput(f"Nothing can be read on {name}.", remedy="Take the photograph again, sharp and in full.")
    return tuple(SlipLine(line.text, line.box, line.confidence) for line in page.lines)
