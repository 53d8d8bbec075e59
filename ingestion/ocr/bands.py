"""Cut large pages into bands between their lines, each small enough to look for text in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

__all__ = ["Band", "bands", "paper_colour"]

_SMALLEST_SCALE = 0.6  # smaller, and small print is no longer found
_WINDOW = 0.15  # of a band's height: how far a cut may be from where it should be
_SHORT = 736  # pixels: shorter pages are enlarged, as PP-OCR's own limit_side_len has it
_LARGEST_SCALE = 2.0
_MARGIN = 16  # pixels of paper around, because text that touches the edge is not found


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a page, scaled and with a margin; `top` is where it begins on the page."""

    image: Image.Image
    top: int
    scale: float

    def on_page(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return points (x, y) of the band in pixels of the page."""
        return (points - _MARGIN) / self.scale + np.array([0, self.top], dtype=np.float32)


def bands(page: Image.Image, *, pixels: int, most: int = 64) -> Iterator[Band]:
    """Yield the page in as few bands as leave its print legible at `pixels` each, `most` at the outside."""
    width, height = page.size
    count = min(most, max(1, math.ceil(width * height * _SMALLEST_SCALE**2 / pixels)))
    edges = [0, *_cuts(page, count), height]
    for top, bottom in pairwise(edges):
        part = page.crop((0, top, width, bottom)) if count > 1 else page
        enlarge = min(_LARGEST_SCALE, max(1.0, _SHORT / min(part.size)))
        scale = min(enlarge, math.sqrt(pixels / (part.width * part.height)))
        size = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
        scaled = part if size == part.size else part.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        yield Band(ImageOps.expand(scaled, _MARGIN, fill=paper_colour(scaled)), top, scale)


def _cuts(page: Image.Image, count: int) -> list[int]:
    """Return the rows at which to cut: near each of the even distances the one with least change along it."""
    if count == 1:
        return []
    grey = np.asarray(page.convert("L").resize((min(page.width, 500), page.height)), dtype=np.int16)
    change = np.abs(np.diff(grey, axis=1)).max(axis=1)
    step = page.height / count
    found = []
    for at in range(1, count):
        low, high = int((at - _WINDOW) * step), max(int((at - _WINDOW) * step) + 1, int((at + _WINDOW) * step))
        window = change[low:high]
        calm = np.flatnonzero(window == window.min())
        found.append(low + int(calm[len(calm) // 2]))
    return found


def paper_colour(image: Image.Image) -> tuple[int, int, int]:
    """Return the colour at the edge of an image in mode RGB: the median of its first and last row."""
    pixels = np.asarray(image)
    red, green, blue = np.median(np.concatenate([pixels[0], pixels[-1]]), axis=0)
    return int(red), int(green), int(blue)
