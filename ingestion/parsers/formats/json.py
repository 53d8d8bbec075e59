"""JSON: records, questions with answers, exports of conversations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.domain.knowledge import DocumentKind, ParsedDocument
from ingestion.parsers.description import document, stem
from ingestion.parsers.json_records import faq_share, write_records
from ingestion.parsers.json_values import read_json
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter
from ingestion.transcripts.canonical import is_canonical
from ingestion.transcripts.documents import conversations_document
from ingestion.transcripts.exports import read_export

__all__ = ["PARSER", "JsonParser", "records_document"]

_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*\{\s*")')
_NEXT_LINE = re.compile(rb"[\]}][ \t]*\r?\n\s*[\[{]")


@dataclass(frozen=True, slots=True)
class JsonParser:
    """Parses JSON."""

    format: str = "JSON"
    extensions: tuple[str, ...] = (".json",)

    def recognizes(self, data: bytes) -> bool:
        """Tell whether this is one object or list of objects, from beginning to end."""
        whole = _START.match(data) is not None and data.rstrip()[-1:] in b"]}"
        return whole and not is_canonical(data) and not _NEXT_LINE.search(data[:65_536])

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return the records in order; conversations come as a transcript, scrubbed."""
        source = read_text(data, name=name)
        value = read_json(source.text, name=name)
        return records_document(value, name=name, warnings=source.warnings)


def records_document(value: object, *, name: str, warnings: tuple[str, ...] = ()) -> ParsedDocument:
    """Return a document of the records in a parsed value, of kind FAQ where most are a question with its answer."""
    conversations = read_export(value)
    if conversations:
        return replace(conversations_document(conversations, name=name), warnings=warnings)
    records = value if isinstance(value, list) else [value]
    writer = PieceWriter()
    write_records(records, writer)
    parsed = document(writer.pieces, name=name, title=_title(value, name), warnings=warnings)
    return replace(parsed, kind=DocumentKind.FAQ) if faq_share(_listed(value)) > 0.5 else parsed


def _title(value: object, name: str) -> str:
    """Return what the whole names itself, else the file's name: a record's heading names that record alone."""
    named = value.get("title") if isinstance(value, dict) else None
    return named if isinstance(named, str) else stem(name)


def _listed(value: object) -> list[object]:
    """Return the list that the value is, or that it holds alone beside plain fields."""
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list)]
        return lists[0] if len(lists) == 1 else [value]
    return value if isinstance(value, list) else []


PARSER = JsonParser()
