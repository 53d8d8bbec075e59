"""Tell how a page lies from what the recogniser makes of some of its lines, held this way and that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ingestion.normalize import is_unspaced
from ingestion.ocr.protocol import Turn

__all__ = ["Pixels", "Recognise", "find_turn", "legibility"]

Pixels = NDArray[np.uint8]
"""Height, width, three colours."""

Recognise = Callable[[Sequence[Pixels]], Sequence[tuple[str, float]]]
"""Reads strips with one line each: text and confidence."""

_SAMPLE = 6  # strips
_LONGEST = 10  # times its height: what is read of a strip
_ELONGATED = 1.5
_SURE = 0.85  # legibility that leaves nothing to ask
_CLEAR, _BETTER = 0.8, 0.15  # legibility upside down, and how much better than upright, that turns a page
_STACKED = 0.7  # legibility of a column's characters, set side by side, that shows them to be upright


def legibility(text: str, confidence: float, aspect: float) -> float:
    """Return 0..1: the confidence, less where far fewer characters were read than have room in a strip.

    `aspect` is the strip's length by its height: about the number of Han characters, half that of Latin letters.
    """
    visible = sum(not char.isspace() for char in text)
    return confidence * min(1.0, visible / max(1.0, 0.4 * aspect))


def find_turn(strips: Sequence[Pixels], recognise: Recognise) -> Turn:
    """Return how the page lies that the upright rectangles `strips` were cut from."""
    long = [strip for strip in strips if _aspect(strip) >= _ELONGATED]
    if not long:
        return Turn(confidence=0.0)
    wide = sum(_signed(strip) for strip in long) >= 0
    chosen = sorted((strip for strip in long if (_signed(strip) > 0) == wide), key=_aspect, reverse=True)
    sample = [_trimmed(strip) for strip in chosen[:_SAMPLE]]
    return _of_wide(sample, recognise) if wide else _of_tall(sample, recognise)


def _of_wide(sample: Sequence[Pixels], recognise: Recognise) -> Turn:
    upright, _ = _read(sample, recognise)
    if upright >= _SURE:
        return Turn(confidence=upright)
    inverted, _ = _read([np.rot90(strip, 2) for strip in sample], recognise)
    if inverted >= max(_CLEAR, upright + _BETTER):
        return Turn(180, confidence=inverted)
    return Turn(confidence=upright)


def _of_tall(sample: Sequence[Pixels], recognise: Recognise) -> Turn:
    """Choose between a page that lies on its side and one with vertical lines.

    The recogniser also reads vertical lines that lie on their left side, so both look alike at first.
    """
    left, text = _read([np.rot90(strip) for strip in sample], recognise)
    right, _ = _read([np.rot90(strip, 3) for strip in sample], recognise)
    if right > left:
        return Turn(90, confidence=right)
    stacked = _read([_unstacked(strip) for strip in sample], recognise)[0] if is_unspaced(text) else 0.0
    if stacked >= _STACKED:
        return Turn(vertical=True, confidence=left)
    return Turn(270, confidence=left)


def _read(sample: Sequence[Pixels], recognise: Recognise) -> tuple[float, str]:
    """Return the mean legibility and the text of the strips."""
    found = recognise([np.ascontiguousarray(strip) for strip in sample])
    scores = [legibility(text, score, _aspect(strip)) for strip, (text, score) in zip(sample, found, strict=True)]
    return sum(scores) / len(scores), "".join(text for text, _ in found)


def _aspect(strip: Pixels) -> float:
    height, width = _size(strip)
    return max(height, width) / max(1, min(height, width))


def _signed(strip: Pixels) -> int:
    """Return the strip's length, negative if it is upright."""
    height, width = _size(strip)
    return width if width >= height else -height


def _size(strip: Pixels) -> tuple[int, int]:
    height, width, *_ = strip.shape
    return int(height), int(width)


def _trimmed(strip: Pixels) -> Pixels:
    longest = _LONGEST * min(_size(strip))
    return strip[:longest, :longest]


def _unstacked(column: Pixels) -> Pixels:
    """Set the characters of a column side by side: cut at the emptiest rows near where characters should end."""
    height, width = _size(column)
    count = max(1, round(height / width))
    ink = np.abs(column.astype(np.int16) - np.median(column)).sum(axis=(1, 2))
    edges = [0]
    for at in range(1, count):
        low = max(edges[-1] + 1, int((at - 0.3) * height / count))
        high = max(low + 1, int((at + 0.3) * height / count))
        edges.append(low + int(np.argmin(ink[low:high])))
    cells = [column[start:end][:width] for start, end in zip(edges, [*edges[1:], height], strict=True)]
    padded = [np.pad(cell, ((0, width - len(cell)), (0, 0), (0, 0)), mode="edge") for cell in cells if len(cell)]
    return np.concatenate(padded, axis=1)
