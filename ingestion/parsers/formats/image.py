"""Images: scans, screenshots and photographs, read by OCR; each page of a TIFF is a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.ocr.images import frame_count, frames, is_animation, is_heif
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.reader import PageReader, page_reader
from ingestion.paging import PageDone, Parsing, document_of
from ingestion.parsers.scans import PageLines, scanned_document

__all__ = ["PARSER", "ImageParser"]

_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_BITMAP_HEADERS = (12, 40, 52, 56, 108, 124)  # bytes: what BMP's second header may have


@dataclass(frozen=True, slots=True)
class ImageParser:
    """Parses images with OCR; `reader` is used instead of the one for `ocr` where it is given."""

    format: str = "image"
    extensions: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif")
    ocr: OcrOptions = field(default_factory=OcrOptions)
    reader: PageReader | None = None

    def with_ocr(self, options: OcrOptions) -> Self:
        """Return the parser that reads with these options."""
        return replace(self, ocr=options)

    def recognizes(self, data: bytes) -> bool:
        """Tell by the marks that these formats begin with."""
        webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
        bitmap = data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS
        return data.startswith(_MARKS) or webp or bitmap or is_heif(data)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the text with the place of each line; of an animation only the first picture is read."""
        return document_of(self.by_pages(data, name=name))

    def by_pages(self, data: bytes, *, name: str) -> Parsing:
        """Parse it, and yield each page that is done."""
        reader = self.reader or page_reader(self.ocr)
        pages, count = PageLines(), frame_count(data, name=name)
        for number, image in enumerate(frames(data, name=name, max_pixels=self.ocr.max_pixels), start=1):
            pages.add_read(reader.read(image))
            yield PageDone(number, count)
        if not any(pages.pages):
            raise InvalidInput(
                f"No text was found on {name}.",
                remedy="If there is some, scan it at 300 dpi or photograph it closer, sharp and evenly lit.",
            )
        animated = is_animation(data, name=name)
        warnings = ["This is an animation: only its first picture was read."] * animated
        return scanned_document(pages, name=name, warnings=warnings)


PARSER = ImageParser()
