"""Read a page: contrast, upright, straight, lines, and where they stand."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingestion.normalize import clean_line
from ingestion.ocr.images import with_contrast
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.protocol import Box, OcrEngine, ReadLine, Turn, mean_confidence
from ingestion.ocr.rapid import RapidEngine
from ingestion.ocr.scripts import ScriptAwareEngine
from ingestion.ocr.skew import Straightened, straightened
from ingestion.ocr.tesseract import TesseractEngine, tesseract_installed

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["PageReader", "ReadPage", "page_reader"]

_FAINTEST = 0.3  # confidence: what is read with less is noise


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What was read on a page.

    The boxes of `lines` are in pixels of the page as it was read, upright and straight, of `width` and `height`.
    `places` are the same boxes as `Region` has them: shares of the upright page, not straightened.
    """

    lines: tuple[ReadLine, ...]
    places: tuple[Box, ...]
    width: int
    height: int
    turn: Turn
    angle: float = 0.0

    @property
    def characters(self) -> int:
        """How many characters were read."""
        return sum(len(line.text) for line in self.lines)

    @property
    def confidence(self) -> float:
        """The mean confidence of the lines, long ones counting more; 0 without any."""
        return mean_confidence(self.lines)


class PageReader:
    """Reads pages with one engine, which is made when first needed and kept; safe to use from threads."""

    def __init__(self, options: OcrOptions | None = None, *, engine: OcrEngine | None = None) -> None:
        self.options = options or OcrOptions()
        self._engine = engine
        self._making = threading.Lock()

    @property
    def engine(self) -> OcrEngine:
        """The engine; Misconfigured if it is not installed."""
        with self._making:
            if self._engine is None:
                self._engine = _engine(self.options)
            return self._engine

    def read(self, image: Image) -> ReadPage:
        """Read a page in mode RGB that may lie in any way."""
        clear = with_contrast(image)
        turn = self.engine.turn(clear)
        upright = clear.rotate(-turn.degrees, expand=True) if turn.degrees else clear
        straight = straightened(upright, vertical=turn.vertical)
        found = self.engine.read(straight.image, self.options.languages, vertical=turn.vertical)
        lines = tuple(_cleaned(found))
        places = tuple(_place(line.box, straight) for line in lines)
        return ReadPage(lines, places, *straight.image.size, turn, straight.angle)


def _cleaned(lines: Sequence[ReadLine]) -> list[ReadLine]:
    cleaned = (ReadLine(clean_line(line.text), line.box, line.confidence) for line in lines)
    return [line for line in cleaned if line.text and line.confidence >= _FAINTEST]


def _place(box: Box, page: Straightened) -> Box:
    left, top, right, bottom = page.original(box)
    width, height = page.size
    return _share(left, width), _share(top, height), _share(right, width), _share(bottom, height)


def _share(value: float, of: int) -> float:
    return round(min(1.0, max(0.0, value / of)), 5)


@lru_cache(maxsize=2)
def page_reader(options: OcrOptions) -> PageReader:
    """Return the reader of this process for these options: the same one every time, so that its models stay loaded."""
    return PageReader(options)


def _engine(options: OcrOptions) -> OcrEngine:
    if options.engine == "tesseract":
        return TesseractEngine()
    rapid = RapidEngine(threads=options.threads)
    return ScriptAwareEngine(rapid, TesseractEngine()) if tesseract_installed() else rapid
