"""Straighten pages that were scanned askew."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingestion.ocr.bands import paper_colour
from ingestion.ocr.protocol import Box

__all__ = ["Straightened", "skew_angle", "straightened"]

_SIZE = 1000  # pixels of the copy that is measured, along its longer side
_CONTRAST = 24  # grey levels by which ink differs from what is around it
_POINTS = 30_000
_RANGE, _COARSE, _FINE = 12.0, 0.5, 0.05  # degrees
_LEAST, _GAIN = 0.2, 1.05  # degrees, and how much sharper the lines must become


@dataclass(frozen=True, slots=True)
class Straightened:
    """An image turned so that its lines are level, and the way back to the one it was made from."""

    image: Image.Image
    size: tuple[int, int]
    angle: float

    def original(self, box: Box) -> Box:
        """Return the box in the original image that encloses `box`."""
        left, top, right, bottom = box
        corners = [self._back(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        radians = math.radians(self.angle)
        dx, dy = x - self.image.width / 2, y - self.image.height / 2
        width, height = self.size
        cos, sin = math.cos(radians), math.sin(radians)
        return width / 2 + dx * cos + dy * sin, height / 2 - dx * sin + dy * cos


def straightened(image: Image.Image, *, vertical: bool = False) -> Straightened:
    """Return the image with its lines level (upright, if they are `vertical`), the paper's colour around it."""
    angle = skew_angle(image, vertical=vertical)
    if not angle:
        return Straightened(image, image.size, 0.0)
    turned = image.rotate(-angle, Image.Resampling.BICUBIC, expand=True, fillcolor=paper_colour(image))
    return Straightened(turned, image.size, angle)


def skew_angle(image: Image.Image, *, vertical: bool = False) -> float:
    """Return by how many degrees the lines are turned counterclockwise, at most 12; 0 where none can be made out.

    The angle is the one at which the ink's projection is sharpest: the sum of its squares (Postl, Detection of Linear
    Oblique Structures and Skew Scan in Digitized Documents, ICPR 1986).
    """
    xs, ys = _ink(image)
    if vertical:
        xs, ys = ys, -xs
    if len(xs) < 200:
        return 0.0
    coarse = _sharpest(xs, ys, np.arange(-_RANGE, _RANGE + _COARSE, _COARSE))
    best = _sharpest(xs, ys, np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))
    certain = _sharpness(xs, ys, best) > _GAIN * _sharpness(xs, ys, 0.0)
    return round(best, 2) if certain and _LEAST <= abs(best) < _RANGE else 0.0


def _ink(image: Image.Image) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the places, in pixels of a smaller copy, that differ from their surroundings."""
    grey = image.convert("L")
    grey.thumbnail((_SIZE, _SIZE))
    pixels = np.asarray(grey, dtype=np.int16)
    around = np.asarray(grey.filter(ImageFilter.BoxBlur(8)), dtype=np.int16)
    contrast = max(8.0, min(_CONTRAST, 0.25 * float(np.ptp(pixels))))
    ys, xs = np.nonzero(np.abs(pixels - around) > contrast)
    step = max(1, len(xs) // _POINTS)
    return xs[::step].astype(np.float64), ys[::step].astype(np.float64)


def _sharpest(xs: NDArray[np.float64], ys: NDArray[np.float64], angles: Iterable[float]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(xs, ys, float(angle))))


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], angle: float) -> float:
    radians = math.radians(angle)
    rows = np.rint(ys * math.cos(radians) + xs * math.sin(radians)).astype(np.int64)
    return float(np.sum(np.bincount(rows - rows.min()).astype(np.float64) ** 2))
