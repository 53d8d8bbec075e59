"""What an OCR engine is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Box", "OcrEngine", "ReadLine", "Turn", "mean_confidence"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels from the image's top left corner."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text, or a stretch of one; `confidence` 0..1 is the engine's own.

    `text` is empty where the engine sees a line that it cannot read.
    """

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page lies: turning it clockwise by `degrees` (0, 90, 180, 270) sets it upright.

    `vertical`: its lines run from top to bottom, the first at the right. `confidence` 0..1 says how sure that is.
    """

    degrees: int = 0
    vertical: bool = False
    confidence: float = 1.0


class OcrEngine(Protocol):
    """Reads images in mode RGB; safe to use from threads."""

    @property
    def name(self) -> str:
        """Name of the engine for people."""
        ...

    def turn(self, image: Image) -> Turn:
        """Find out how the page lies; Turn() with a low confidence where nothing tells."""
        ...

    def read(self, image: Image, languages: Sequence[str] = (), *, vertical: bool = False) -> tuple[ReadLine, ...]:
        """Return the lines on an upright page, in no particular order; none if there is no text.

        `languages` are BCP 47 tags of what the text may be in; empty: unknown.
        """
        ...


def mean_confidence(lines: Sequence[ReadLine]) -> float:
    """Return the mean confidence, long lines counting more; 0 without any."""
    total = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / total if total else 0.0
