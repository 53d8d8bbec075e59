"""Read with RapidOCR, and what it cannot read with Tesseract where that is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PIL import Image as Images

from engine.languages.scripts import dominant_script, han_language
from ingestion.ocr.bands import paper_colour
from ingestion.ocr.protocol import Box, OcrEngine, ReadLine, Turn, mean_confidence
from ingestion.ocr.rapid_turn import legibility
from ingestion.ocr.tesseract import TesseractEngine
from ingestion.ocr.tesseract_languages import OTHER_SCRIPTS, codes_for, is_latin_or_han

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["ScriptAwareEngine"]

_DOUBTFUL = 0.6  # legibility of a line below which it may be in a script that the first engine does not know
_SHARE = 0.05  # of the lines' length: so much must be doubtful before the second engine is asked
_SAMPLE = 3  # lines
_CLEAR = 0.9  # legibility of a line that is kept when others turn out to be in another script
_CONVINCING = 0.8  # confidence of the second engine: with the wrong data it stays below
_WHOLE = 0.85  # of a line's length
_UNSURE = 0.6  # confidence in how a page lies


class ScriptAwareEngine:
    """Reads with `first`; with `second` lines in scripts that `first` lacks, and vertical ones if it has the data."""

    def __init__(self, first: OcrEngine, second: TesseractEngine) -> None:
        self.first = first
        self._second = second
        self.name = f"{first.name} with {second.name}"

    def turn(self, image: Image) -> Turn:
        """Ask the first engine, and the second where the first is not sure."""
        turn = self.first.turn(image)
        if turn.confidence >= _UNSURE:
            return turn
        other = self._second.turn(image)
        return other if other.confidence > turn.confidence else turn

    def read(self, image: Image, languages: Sequence[str] = (), *, vertical: bool = False) -> tuple[ReadLine, ...]:
        """Return the lines; those of the second engine stand where the first one's are doubtful."""
        if languages and not any(map(is_latin_or_han, languages)):
            return self._second.read(image, languages)
        lines = self.first.read(image, languages, vertical=vertical)
        if vertical:
            return self._read_vertical(image, lines, languages)
        doubtful = [line for line in lines if _is_doubtful(line)]
        if sum(map(_length, doubtful)) <= _SHARE * sum(map(_length, lines)):
            return lines
        return self._reread(image, lines, doubtful, languages)

    def _read_vertical(self, image: Image, lines: Sequence[ReadLine], languages: Sequence[str]) -> tuple[ReadLine, ...]:
        """Prefer the second engine: the first one drops the marks of vertical text, such as the long vowel's."""
        expected = languages or (han_language("".join(line.text for line in lines)),)
        if not codes_for(expected, self._second.installed, vertical=True):
            return tuple(lines)
        found = self._second.read(image, expected, vertical=True)
        if mean_confidence(found) < _CONVINCING:
            return tuple(lines)
        whole = [line for line in found if not any(_is_part(line, other) for other in lines)]
        kept = [line for line in lines if not any(_covers(other.box, line.box) for other in whole)]
        return (*kept, *whole)

    def _reread(
        self, image: Image, lines: Sequence[ReadLine], doubtful: Sequence[ReadLine], languages: Sequence[str]
    ) -> tuple[ReadLine, ...]:
        asked = [tag for tag in languages if not is_latin_or_han(tag)]
        codes = codes_for(asked, self._second.installed) if asked else ()
        candidates = codes or [code for code in OTHER_SCRIPTS if code in self._second.installed]
        code, confidence = self._second.best_code(_montage(image, doubtful), candidates)
        if confidence < _CONVINCING:
            return tuple(lines)
        kept = [line for line in lines if _legibility(line) >= _CLEAR and not _is_doubtful(line)]
        found = self._second.read_as(image, (code, *codes_for(("en",), self._second.installed)))
        added = [line for line in found if not any(_covers(other.box, line.box) for other in kept)]
        return (*kept, *added)


def _length(line: ReadLine) -> float:
    left, top, right, bottom = line.box
    return max(right - left, bottom - top)


def _is_doubtful(line: ReadLine) -> bool:
    """Tell whether a line is hardly legible, or in a script of which the first engine knows a few letters only."""
    return _legibility(line) < _DOUBTFUL or dominant_script(line.text) not in {"Latn", "Hani", None}


def _legibility(line: ReadLine) -> float:
    left, top, right, bottom = line.box
    sides = sorted((max(1.0, right - left), max(1.0, bottom - top)))
    return legibility(line.text, line.confidence, sides[1] / sides[0])


def _is_part(line: ReadLine, other: ReadLine) -> bool:
    """Tell whether a line is a piece of another one only."""
    return _covers(line.box, other.box) and _length(line) < _WHOLE * _length(other)


def _covers(box: Box, other: Box) -> bool:
    """Tell whether the middle of `other` is in `box`, or that of `box` in `other`."""
    return _has_middle_of(box, other) or _has_middle_of(other, box)


def _has_middle_of(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _pixels(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = map(round, box)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _montage(image: Image, lines: Sequence[ReadLine]) -> Image:
    """Return the longest of the lines, one below the other."""
    longest = sorted(lines, key=_length, reverse=True)[:_SAMPLE]
    cuts = [image.crop(_pixels(line.box)) for line in longest]
    gap = max(cut.height for cut in cuts) // 3 + 4
    size = (max(cut.width for cut in cuts) + 2 * gap, sum(cut.height + gap for cut in cuts) + gap)
    sheet = Images.new("RGB", size, paper_colour(cuts[0]))
    at = gap
    for cut in cuts:
        sheet.paste(cut, (gap, at))
        at += cut.height + gap
    return sheet
