"""Tesseract through pytesseract: more scripts and vertical lines, where its data files are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from engine.errors import BackendFailed, Misconfigured
from ingestion.normalize import join_lines
from ingestion.ocr.protocol import Box, ReadLine, Turn, mean_confidence
from ingestion.ocr.tesseract_languages import codes_for

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["TesseractEngine", "tesseract_installed"]

_COLUMNS, _BLOCK = 3, 6  # page segmentation modes; 5, for vertical blocks, misses characters at their edges
_TIMEOUT_S = 120
_SMALL = 4_000_000  # pixels of a page: smaller ones are doubled, because 300 dpi are read best
_SURE = 2.0  # its own measure of how sure the orientation is
_SPACE = 0.28  # of a line's height: less room than this is none between words
_SYLLABIC = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uac00-\ud7a3]")
_CERTAIN = 0.9  # confidence that only the right data reaches
_READABLE = 0.3  # words of less confidence are noise

_Word = tuple[tuple[int, int, int], str, Box, float]
"""Block, paragraph and line; text; place; confidence."""


def tesseract_installed() -> bool:
    """Tell whether the program can be started."""
    import pytesseract  # type: ignore[import-untyped]

    try:
        pytesseract.get_tesseract_version()
    except (pytesseract.TesseractNotFoundError, SystemExit):
        return False
    return True


class TesseractEngine:
    """Reads with the `tesseract` program; Misconfigured, with the remedy, where it or its data is not installed."""

    name = "Tesseract"

    @cached_property
    def installed(self) -> frozenset[str]:
        """Names of the data files, such as "jpn_vert"."""
        import pytesseract

        try:
            return frozenset(pytesseract.get_languages())
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
            raise Misconfigured(
                "Tesseract is not installed.",
                remedy="Install it (Debian: apt-get install tesseract-ocr), or set KNOWDESK_OCR_ENGINE=rapidocr.",
            ) from error

    def turn(self, image: Image) -> Turn:
        """Find out how the page lies with Tesseract's orientation detection; vertical lines are not told."""
        import pytesseract

        if "osd" not in self.installed:
            return Turn(confidence=0.0)
        try:
            found = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=_TIMEOUT_S)
        except (pytesseract.TesseractError, RuntimeError):  # too few characters, too long
            return Turn(confidence=0.0)
        sure = float(found["orientation_conf"]) / _SURE
        return Turn(int(found["rotate"]), confidence=min(1.0, sure)) if sure >= 1 else Turn(confidence=0.0)

    def read(self, image: Image, languages: Sequence[str] = (), *, vertical: bool = False) -> tuple[ReadLine, ...]:
        """Return the lines, read with the data files of `languages`, or of the common languages."""
        codes = codes_for(languages, self.installed, vertical=vertical)
        if not codes:
            asked = ", ".join(languages) or "the common languages"
            raise Misconfigured(
                f"Tesseract has no {'vertical ' * vertical}data for {asked}.",
                remedy="Install it (Debian: apt-get install tesseract-ocr-jpn, -chi-sim …).",
            )
        return self.read_as(image, codes)

    def read_as(self, image: Image, codes: Sequence[str], *, mode: int = _COLUMNS) -> tuple[ReadLine, ...]:
        """Return the lines, read with these data files."""
        scale = 2 if image.width * image.height <= _SMALL else 1
        scaled = image.resize((image.width * scale, image.height * scale)) if scale > 1 else image
        words = _words(scaled, "+".join(codes), mode, scale)
        return tuple(_line(list(group)) for _, group in groupby(words, key=lambda word: word[0]))

    def best_code(self, image: Image, codes: Sequence[str]) -> tuple[str, float]:
        """Return which one of the data files reads a block of lines best, and with which confidence.

        They are tried in turn until one leaves no doubt.
        """
        best = ("", 0.0)
        for code in codes:
            confidence = mean_confidence(self.read_as(image, (code,), mode=_BLOCK))
            best = max(best, (code, confidence), key=itemgetter(1))
            if confidence >= _CERTAIN:
                break
        return best


def _words(image: Image, codes: str, mode: int, scale: int) -> Iterator[_Word]:
    import pytesseract

    try:
        table = pytesseract.image_to_data(
            image, lang=codes, config=f"--psm {mode}", output_type=pytesseract.Output.DICT, timeout=_TIMEOUT_S
        )
    except RuntimeError as error:  # its own error, or that it took too long
        raise BackendFailed("Tesseract failed on an image.", remedy="Save it in another size or format.") from error
    names = ("block_num", "par_num", "line_num", "left", "top", "width", "height", "text", "conf")
    for block, paragraph, line, left, top, width, height, text, score in zip(*(table[n] for n in names), strict=True):
        if text.strip() and float(score) >= 100 * _READABLE:
            box = (left / scale, top / scale, (left + width) / scale, (top + height) / scale)
            yield (block, paragraph, line), text, box, float(score) / 100


def _text(words: list[_Word]) -> str:
    """Join words: Han and kana without spaces, Hangul and Thai by the room between them.

    Tesseract cuts those between syllables, too.
    """
    joined = words[0][1]
    height = max(box[3] - box[1] for _, _, box, _ in words)
    for (_, _, before, _), (_, text, box, _) in pairwise(words):
        cut = _SYLLABIC.match(joined[-1]) and _SYLLABIC.match(text[0]) and box[0] - before[2] < _SPACE * height
        joined = joined + text if cut else join_lines((joined, text))
    return joined


def _line(words: list[_Word]) -> ReadLine:
    """Join the words of one line: Han and kana without spaces."""
    lefts, tops, rights, bottoms = zip(*(box for _, _, box, _ in words), strict=True)
    scored = [ReadLine(text, box, score) for _, text, box, score in words]
    return ReadLine(_text(words), (min(lefts), min(tops), max(rights), max(bottoms)), mean_confidence(scored))
