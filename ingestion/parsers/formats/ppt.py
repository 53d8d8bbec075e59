"""PowerPoint presentations in the format of 1997-2003 (.ppt): slides as pages, with their notes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.domain.knowledge import ParsedDocument
from ingestion.normalize import reflow
from ingestion.parsers.containers import Container, ole_kind
from ingestion.parsers.description import document
from ingestion.parsers.ole import ole_fields, ole_streams, refuse_encrypted, stream
from ingestion.parsers.ppt_records import Record, Stored, open_stored, records, walk
from ingestion.parsers.reading import macro_warnings, reading
from ingestion.parsers.writer import PieceWriter

__all__ = ["PARSER", "PptParser"]

_TEXT_LIST, _PERSIST, _SLIDE_ATOM, _SHOW_INFO = 4080, 1011, 1007, 1017
_HEADER, _CHARS, _BYTES, _TEXT_BOX = 3999, 4000, 4008, 0xF00D
_SLIDES, _NOTES = 0, 2  # instances of text lists
_HIDDEN = 0x0004
_TITLES, _BODIES, _NOTE = {0, 6}, {1, 5, 7, 8}, 2  # kinds of text
_SKIPPED = {"*", "\u2039#\u203a"}  # placeholders of date and page number


@dataclass(frozen=True, slots=True)
class PptParser:
    """Parses .ppt from its records."""

    format: str = "PowerPoint 97-2003"
    extensions: tuple[str, ...] = (".ppt", ".pps", ".pot")

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is a compound file with a presentation in it."""
        return ole_kind(data) is Container.OLD_POWERPOINT

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the slides that are shown, each with its title first and its notes last."""
        refuse_encrypted(data, name=name)
        writer = PieceWriter()
        remedy = "Open it in a presentation program and save it as .pptx."
        with reading(name, "PowerPoint presentation", remedy=remedy, also=(StopIteration,)):
            with ole_streams(data) as ole:
                content, user = stream(ole, "PowerPoint Document"), stream(ole, "Current User")
            hidden = _write_slides(open_stored(content, user, name=name), writer)
        notes = [f"Hidden slides were left out: {hidden}."] if hidden else []
        return document(writer.pieces, name=name, fields=ole_fields(data), warnings=[*macro_warnings(data), *notes])


@dataclass(frozen=True, slots=True)
class _Text:
    kind: int
    text: str


@dataclass(slots=True)
class _Slide:
    number: int  # of its object
    id: int
    texts: list[_Text] = field(default_factory=list)  # of the outline


def _write_slides(stored: Stored, writer: PieceWriter) -> int:
    """Write the slides; return how many are hidden."""
    lists = {each.instance: each for each in records(stored.record(stored.document).content) if each.kind == _TEXT_LIST}
    notes = {slide.id: slide.number for slide in _slides(lists[_NOTES])} if _NOTES in lists else {}
    hidden = 0
    for page, slide in enumerate(_slides(lists[_SLIDES]) if _SLIDES in lists else (), 1):
        inner = list(walk(stored.record(slide.number)))
        if any(each.kind == _SHOW_INFO and struct.unpack_from("<H", each.content, 10)[0] & _HIDDEN for each in inner):
            hidden += 1
            continue
        writer.page = page
        _write([*slide.texts, *_boxes(inner)], writer)
        of = next((struct.unpack_from("<I", each.content, 16)[0] for each in inner if each.kind == _SLIDE_ATOM), 0)
        if of in notes:
            _write([text for text in _boxes(walk(stored.record(notes[of]))) if text.kind == _NOTE], writer)
    return hidden


def _slides(texts: Record) -> list[_Slide]:
    """Return the slides in order with the texts of their placeholders, which are stored between them."""
    slides: list[_Slide] = []
    for text, record in _texts(records(texts.content)):
        if record.kind == _PERSIST:
            slides.append(_Slide(*struct.unpack_from("<I8xI", record.content)))
        elif text is not None and slides:
            slides[-1].texts.append(text)
    return slides


def _boxes(inner: Iterable[Record]) -> Iterator[_Text]:
    """Yield the texts of boxes that are not placeholders of the outline, which has them already."""
    for box in inner:
        if box.kind == _TEXT_BOX:
            yield from (text for text, _ in _texts(records(box.content)) if text is not None)


def _texts(inner: Iterable[Record]) -> Iterator[tuple[_Text | None, Record]]:
    """Yield each record, with the text that it holds; the record before a text says of what kind it is."""
    kind = 4
    for record in inner:
        text = None
        if record.kind == _HEADER:
            kind = struct.unpack_from("<I", record.content)[0]
        elif record.kind == _CHARS:
            text = _Text(kind, record.content.decode("utf-16-le", "replace"))
        elif record.kind == _BYTES:
            text = _Text(kind, record.content.decode("latin-1"))
        yield text, record


def _write(texts: list[_Text], writer: PieceWriter) -> None:
    for text in sorted(texts, key=lambda each: each.kind not in _TITLES):
        lines = [reflow(line.replace("\x0b", "\u2028")) for line in text.text.split("\r")]
        lines = [line for line in lines if line and line not in _SKIPPED]
        if text.kind in _TITLES:
            writer.heading(" ".join(lines).replace("\n", " "), 1) if lines else None
            continue
        for line in lines:
            if text.kind in _BODIES and len(lines) > 1:
                writer.list_item(f"- {line}")
            else:
                writer.paragraph(line)


PARSER = PptParser()
