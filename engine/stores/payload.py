"""How a chunk's record is kept in Qdrant, the same for every adapter, and what a filter asks of it.

Fields that filters look at stand on their own, each with an index; the record itself is one JSON text, so that any
Python string, unpaired surrogates included, comes back as it was. Dates are day numbers (`date.toordinal`), and
missing ones lie before and after all days, so that validity is two range conditions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.domain.access import access_lists
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter
from engine.ports import ChunkRecord

__all__ = [
    "DOCUMENT_ID",
    "INTEGER_FIELDS",
    "KEYWORD_FIELDS",
    "VERSION",
    "Among",
    "Condition",
    "Within",
    "conditions",
    "from_payload",
    "keyword",
    "to_payload",
]

DOCUMENT_ID = "document_id"
KIND = "kind"
LANGUAGE = "language"
TAGS = "tags"
ACCESS = "access"
VERSION = "version"
EFFECTIVE_FROM = "effective_from"
EFFECTIVE_UNTIL = "effective_until"
RECORD = "record"
KEYWORD_FIELDS = (DOCUMENT_ID, KIND, LANGUAGE, TAGS, ACCESS)
INTEGER_FIELDS = (VERSION, EFFECTIVE_FROM, EFFECTIVE_UNTIL)
EVERYBODY = "*"  # in the place of access lists: a record without the field is seen by nobody who is on lists
BEFORE_ALL_DAYS = 0
AFTER_ALL_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Among:
    """The field, or one of its values, is one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The field's number is at least `lowest` and at most `highest`, where given."""

    field: str
    lowest: int | None = None
    highest: int | None = None


Condition = Among | Within


def keyword(value: str) -> str:
    """Return `value` as it is indexed: unpaired surrogates, which UTF-8 cannot say, become escapes."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def conditions(filter: SearchFilter) -> tuple[Condition, ...]:
    """Return what a chunk must satisfy, all of it, to pass the filter."""
    alternatives = ((KIND, filter.kinds), (LANGUAGE, filter.languages), (DOCUMENT_ID, filter.document_ids))
    among = [Among(field, tuple(map(keyword, values))) for field, values in alternatives if values]
    among += [Among(TAGS, (keyword(tag),)) for tag in filter.tags]
    if filter.access is not None:
        among.append(Among(ACCESS, (EVERYBODY, *map(_listed, filter.access))))
    if filter.as_of is None:
        return tuple(among)
    day = filter.as_of.toordinal()
    return (*among, Within(EFFECTIVE_FROM, highest=day), Within(EFFECTIVE_UNTIL, lowest=day))


def to_payload(record: ChunkRecord) -> dict[str, object]:
    """Return the payload of a chunk."""
    return {
        DOCUMENT_ID: keyword(record.document_id),
        KIND: record.kind.value,
        LANGUAGE: keyword(record.language),
        TAGS: [keyword(tag) for tag in record.tags],
        ACCESS: list(map(_listed, access_lists(record.tags))) or [EVERYBODY],
        VERSION: record.version,
        EFFECTIVE_FROM: _day(record.effective_from, BEFORE_ALL_DAYS),
        EFFECTIVE_UNTIL: _day(record.effective_until, AFTER_ALL_DAYS),
        RECORD: _dumps(
            {
                "chunk_id": record.chunk_id,
                "document_id": record.document_id,
                "version": record.version,
                "ordinal": record.ordinal,
                "title": record.title,
                "uri": record.uri,
                "kind": record.kind.value,
                "language": record.language,
                "span": [record.span.start, record.span.end],
                "text": record.text,
                "section": record.section,
                "page": record.page,
                "tags": record.tags,
                "from": record.effective_from and record.effective_from.isoformat(),
                "until": record.effective_until and record.effective_until.isoformat(),
                "context_id": record.context_id,
                "quarantined": record.quarantined,
            }
        ),
    }


def from_payload(payload: Mapping[str, object]) -> ChunkRecord:
    """Return the record that `to_payload` was given."""
    kept = json.loads(str(payload[RECORD]))
    return ChunkRecord(
        chunk_id=kept["chunk_id"],
        document_id=kept["document_id"],
        version=kept["version"],
        ordinal=kept["ordinal"],
        title=kept["title"],
        uri=kept["uri"],
        kind=DocumentKind(kept["kind"]),
        language=kept["language"],
        span=Span(*kept["span"]),
        text=kept["text"],
        section=tuple(kept["section"]),
        page=kept["page"],
        tags=tuple(kept["tags"]),
        effective_from=kept["from"] and date.fromisoformat(kept["from"]),
        effective_until=kept["until"] and date.fromisoformat(kept["until"]),
        context_id=kept["context_id"],
        quarantined=kept.get("quarantined"),
    )


def _listed(name: str) -> str:
    return f"={keyword(name)}"  # so that no list is called like everybody


def _day(day: date | None, missing: int) -> int:
    return missing if day is None else day.toordinal()


def _dumps(kept: Mapping[str, object]) -> str:
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text if text.isascii() or _encodable(text) else json.dumps(kept)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
