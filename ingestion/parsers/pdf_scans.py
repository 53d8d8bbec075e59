"""Pages of a PDF that must be read off their image."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingestion.parsers.pdf_lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage  # type: ignore[import-untyped]

__all__ = ["is_garbled", "is_scanned", "page_image"]

_GARBLED = 0.3  # share of characters that stand for nothing
_LITTLE = 100  # characters: a stamp or a page number on a scan, no page of text
_WHOLE = 0.6  # of the page's area
_DPI = 200
_LONGEST, _SHORTEST = 2800, 1000  # pixels of the page's longer side


def is_garbled(lines: Sequence[Line]) -> bool:
    """Tell whether a text layer is of no use, because its fonts do not say which characters their glyphs are."""
    text = "".join(line.text for line in lines)
    return sum(_is_meaningless(char) for char in text) > _GARBLED * len(text)


def is_scanned(page: PdfPage, lines: Sequence[Line]) -> bool:
    """Tell whether a page has no text layer, or next to none while it is one large image."""
    length = sum(len(line.text) for line in lines)
    if not length:
        return _has_content(page)
    return length < _LITTLE and _image_share(page) >= _WHOLE


def page_image(page: PdfPage) -> Image:
    """Return the page as an image in mode RGB, at 200 dpi unless that would be very large or very small."""
    longer = max(page.get_width(), page.get_height(), 1.0)
    scale = min(max(_DPI / 72, _SHORTEST / longer), _LONGEST / longer)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    image: Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def _is_meaningless(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc", "Cs"}


def _has_content(page: PdfPage) -> bool:
    """Tell whether anything is drawn on the page."""
    return next(iter(page.get_objects(max_depth=2)), None) is not None


def _image_share(page: PdfPage) -> float:
    """Return how much of the page the largest image covers."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    largest = 0.0
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        largest = max(largest, float((right - left) * (top - bottom)))
    return largest / max(1.0, float(page.get_width() * page.get_height()))
