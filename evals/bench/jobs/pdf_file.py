"""A PDF of many pages with text and images, made with pypdfium2 alone."""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["write_pdf"]

_PAGE = (595, 842)  # A4 in points
_LINES = 38
_TEXT = (
    "the appliance must be placed on a level surface before the first use and kept away from water heat and children "
    "because steam may escape from its lid while the display shows the remaining time of the selected programme"
)
_IMAGE = (480, 320)  # pixels
_IMAGES = 50  # different ones, shown in turn


def write_pdf(path: Path, *, pages: int, seed: int) -> None:
    """Write a PDF whose pages have a heading, 38 lines of seeded words and a photograph-like JPEG each."""
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    words = _TEXT.split()
    chance = random.Random(seed)  # noqa: S311 (no secret)
    pdf = pypdfium2.PdfDocument.new()
    font = pdfium.FPDFText_LoadStandardFont(pdf, b"Helvetica")
    pictures = [_jpeg(chance) for _ in range(min(_IMAGES, pages))]
    for number in range(pages):
        page = pdf.new_page(*_PAGE)
        for text, size, height in _lines(chance, words, number):
            line = pdfium.FPDFPageObj_CreateTextObj(pdf, font, size)
            encoded = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
            pdfium.FPDFText_SetText(line, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
            pdfium.FPDFPageObj_Transform(line, 1, 0, 0, 1, 50, height)
            pdfium.FPDFPage_InsertObject(page, line)
        image = pypdfium2.PdfImage.new(pdf)
        image.load_jpeg(io.BytesIO(pictures[number % len(pictures)]), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(240, 160).translate(50, 60))
        page.insert_obj(image)
        page.gen_content()
        page.close()
    pdf.save(path)
    pdf.close()


def _lines(chance: random.Random, words: list[str], number: int) -> Iterator[tuple[str, float, float]]:
    """Yield the lines of a page with their sizes and heights in points."""
    yield f"Chapter {number + 1}: {chance.choice(words)} and {chance.choice(words)}", 16.0, 790.0
    for line in range(_LINES):
        yield f"{' '.join(chance.choices(words, k=12))} {number}-{line}.", 10.0, 765.0 - 13.5 * line


def _jpeg(chance: random.Random) -> bytes:
    """Return a picture with gradients and noise, about 60 kB."""
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(chance.getrandbits(32)).integers(0, 60, (_IMAGE[1], _IMAGE[0], 3))
    rows, columns = np.mgrid[0 : _IMAGE[1], 0 : _IMAGE[0]]
    slope = np.stack([rows % 200, columns % 200, (rows + columns) % 200], axis=2)
    buffer = io.BytesIO()
    Image.fromarray((slope + noise // 2).astype("uint8")).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
