"""Pages to read: the sample's own texts, set as a word processor would, and what scanners and phones do to them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image as Images
from PIL import ImageDraw, ImageFont
from PIL.Image import Image, Resampling, Transpose

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import Misconfigured
from ingestion.normalize import WIDE
from ingestion.parsing import parse

__all__ = ["CONDITIONS", "LANGUAGES", "Page", "degrade", "font", "sample_pages", "set_pages"]

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "en")
CONDITIONS = ("clean", "turned 90", "turned 3", "jpeg 40", "low contrast")
_FONT = "NotoSansCJK-Regular.ttc"
_FACES = {"ja": 0, "zh-Hans": 2, "zh-Hant": 3, "en": 0}  # of the font collection
_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 210, 297, 20
_TEXT_PT, _HEADING_PT, _LEADING = 11, 16, 1.6
_NO_START = "、。，．！？：；）」』】〉》ー々)]},.!?:;%"  # what must not begin a line
_PAPER, _PALE = 225, 150  # grey levels of paper and ink at low contrast


@dataclass(frozen=True, slots=True)
class Page:
    """A page's image and the text on it, one line of text a line."""

    language: str
    name: str
    image: Image
    text: str


@lru_cache(maxsize=16)
def font(language: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the font that pages of a language are set in, `size` in pixels; Misconfigured if it is not installed."""
    try:
        return ImageFont.truetype(_FONT, size, index=_FACES[language])
    except OSError as error:
        raise Misconfigured(
            f"The font {_FONT} is not installed.", remedy="Run: apt-get install fonts-noto-cjk"
        ) from error


def sample_pages(folder: Path, language: str, *, limit: int, dpi: int = 150) -> Iterator[Page]:
    """Yield the first pages of that language's documents in `folder`, one a document, at most `limit`."""
    files = sorted(path for path in (folder / language).iterdir() if path.suffix in {".md", ".html", ".pdf", ".docx"})
    for path in files[:limit]:
        parsed = parse(path.read_bytes(), name=path.name)
        yield next(set_pages(parsed, language=language, name=path.stem, dpi=dpi))


def set_pages(parsed: ParsedDocument, *, language: str, name: str, dpi: int) -> Iterator[Page]:
    """Set a document on A4 pages, headings larger."""
    sheet = _Sheet(language, dpi)
    for block in parsed.blocks:
        large = block.kind is BlockKind.HEADING
        for line in sheet.wrapped(block.span.of(parsed.text), large=large):
            if sheet.full(large=large):
                yield sheet.page(name)
                sheet = _Sheet(language, dpi)
            sheet.write(line, large=large)
        sheet.skip()
    if sheet.lines:
        yield sheet.page(name)


class _Sheet:
    def __init__(self, language: str, dpi: int) -> None:
        self._language = language
        self._mm = dpi / 25.4
        self._sizes = (round(_TEXT_PT * dpi / 72), round(_HEADING_PT * dpi / 72))
        self._image = Images.new("L", (round(_WIDTH_MM * self._mm), round(_HEIGHT_MM * self._mm)), 255)
        self._draw = ImageDraw.Draw(self._image)
        self._at = _MARGIN_MM * self._mm
        self.lines: list[str] = []

    def full(self, *, large: bool) -> bool:
        return self._at + self._sizes[large] * _LEADING > (_HEIGHT_MM - _MARGIN_MM) * self._mm

    def write(self, line: str, *, large: bool) -> None:
        self._draw.text((_MARGIN_MM * self._mm, self._at), line, fill=0, font=font(self._language, self._sizes[large]))
        self._at += self._sizes[large] * _LEADING
        self.lines.append(line)

    def skip(self) -> None:
        self._at += self._sizes[0] * 0.6

    def page(self, name: str) -> Page:
        return Page(self._language, name, self._image, "\n".join(self.lines))

    def wrapped(self, text: str, *, large: bool) -> Iterator[str]:
        """Yield lines as wide as the page: Latin broken at spaces, Han and kana anywhere but before a full stop."""
        width = (_WIDTH_MM - 2 * _MARGIN_MM) * self._mm
        face = font(self._language, self._sizes[large])
        for paragraph in text.split("\n"):
            line = ""
            for unit in _units(paragraph):
                if line and face.getlength(line + unit.rstrip()) > width and unit not in _NO_START:
                    yield line.rstrip()
                    line = ""
                line += unit
            if line.strip():
                yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """Yield words with the space behind them, and wide characters one by one."""
    word = ""
    for char in text:
        if WIDE.match(char):
            yield from filter(None, (word, char))
            word = ""
        elif char == " ":
            yield word + char
            word = ""
        else:
            word += char
    if word:
        yield word


def degrade(image: Image, condition: str) -> Image:
    """Return a grey page as it comes out under one of CONDITIONS; angles are in degrees, counterclockwise."""
    if condition == "turned 90":
        return image.transpose(Transpose.ROTATE_90)
    if condition == "turned 3":
        return image.rotate(3, Resampling.BICUBIC, expand=True, fillcolor=255)
    if condition == "jpeg 40":
        out = io.BytesIO()
        image.save(out, "JPEG", quality=40)
        return Images.open(io.BytesIO(out.getvalue()))
    if condition == "low contrast":
        return image.point([_PALE + (_PAPER - _PALE) * level // 255 for level in range(256)])
    return image
