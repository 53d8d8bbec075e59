"""An OCR engine that reads what it was told to."""

from __future__ import annotations

from collections.abc import Sequence

from PIL.Image import Image

from ingestion.ocr.protocol import ReadLine, Turn

__all__ = ["FakeOcrEngine", "read_line"]


def read_line(text: str, left: float, top: float, *, width: float | None = None, height: float = 20.0) -> ReadLine:
    """Return a line that was read with confidence .95; half as wide a character as high unless `width` is given."""
    right = left + (len(text) * height / 2 if width is None else width)
    return ReadLine(text, (left, top, right, top + height), 0.95)


class FakeOcrEngine:
    """Returns the same lines for every image with ink on it; `sizes` are those of the images it was given to read."""

    name = "fake"

    def __init__(self, lines: Sequence[ReadLine] = (), *, turn: Turn | None = None) -> None:
        self.lines = tuple(lines)
        self.lies = turn or Turn()
        self.sizes: list[tuple[int, int]] = []
        self.languages: list[tuple[str, ...]] = []

    def turn(self, image: Image) -> Turn:
        """Return the turn it was given."""
        return self.lies

    def read(self, image: Image, languages: Sequence[str] = (), *, vertical: bool = False) -> tuple[ReadLine, ...]:
        """Return the lines it was given, none for an image of one colour."""
        self.sizes.append(image.size)
        self.languages.append(tuple(languages))
        low, high = image.convert("L").getextrema()
        return self.lines if low != high else ()
