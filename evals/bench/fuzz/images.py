"""Images of text, and a PDF that is nothing but one."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["image", "scanned_pdf"]

_TIME = time.gmtime(0)
_FORMATS = {"jpg": "JPEG"}


def image(kind: str) -> Callable[[list[str]], bytes]:
    """Return what makes an image of that file name extension of lines of text."""
    return lambda lines: _saved(_drawn(lines), _FORMATS.get(kind, kind.upper()))


def scanned_pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page without a text layer."""
    return _saved(_drawn(lines), "PDF")


def _drawn(lines: list[str]) -> Image:
    """Draw the first lines; what the bundled font has no sign for becomes a box."""
    from PIL import Image, ImageDraw, ImageFont

    drawn = Image.new("RGB", (420, 90), "white")
    text = "\n".join(line[:40] for line in lines[:3])
    ImageDraw.Draw(drawn).multiline_text((10, 8), text, fill="black", font=ImageFont.load_default(size=18))
    return drawn


def _saved(drawn: Image, kind: str) -> bytes:
    found = io.BytesIO()
    drawn.save(found, kind, creationDate=_TIME, modDate=_TIME)  # of a PDF; the others take no notice
    return found.getvalue()
