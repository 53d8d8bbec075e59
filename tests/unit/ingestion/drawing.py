"""Draw pages of text for tests, with the font that comes with Pillow, and save them in image formats."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image as Images
from PIL import ImageDraw, ImageFont
from PIL.Image import Image

__all__ = ["LINES", "drawn", "encoded", "scanned_pdf", "typeface"]

LINES = ("The warranty lasts two years.", "Keep the receipt for repairs.", "Empty the tank every night.")


def typeface(size: float) -> ImageFont.FreeTypeFont:
    """Return Pillow's own font."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def drawn(
    lines: Sequence[str] = LINES, *, size: int = 24, ink: int = 0, paper: int = 255, room: tuple[int, int] = (480, 0)
) -> Image:
    """Return a page in mode RGB with these lines, at least as large as `room`."""
    font = typeface(size)
    width = max(room[0], *(int(font.getlength(line)) + 60 for line in lines))
    page = Images.new("RGB", (width, max(room[1], 60 + round(1.6 * size * len(lines)))), (paper,) * 3)
    draw = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        draw.text((30, 30 + round(1.6 * size * at)), line, font=font, fill=(ink,) * 3)
    return page


def encoded(image: Image, kind: str = "PNG", **options: object) -> bytes:
    """Return the image as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scanned_pdf(pages: Sequence[Image], *, dpi: int = 100) -> bytes:
    """Return a PDF whose pages are images and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=list(pages[1:]))
    return out.getvalue()
