"""Read what a document says of itself: title, language, kind, tags, dates, whatever the format calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.knowledge import BlockKind, DocumentKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.language import normalize_tag
from ingestion.normalize import clean_line, has_dirt
from ingestion.parsers.pieces import Piece, compose

__all__ = ["DIRT", "Fields", "document", "stem"]

Fields = Mapping[str, object]
"""Names and values as the format gives them: texts, dates, numbers, lists of texts."""

DIRT = "Control characters or broken characters were removed."
"""Warns that something was taken out which does not belong into text."""

_LANGUAGE = ("language", "lang", "locale", "ms.contentlocale")
_TAGS = ("tags", "keywords")
_KIND = ("kind", "type", "category")


@dataclass(slots=True)
class _Reader:
    fields: dict[str, object]
    warnings: list[str]

    def text(self, *names: str) -> str:
        """Return the first of the named fields that is not empty."""
        return next((text for name in names if (text := _text(self.fields.get(name)))), "")

    def tags(self) -> tuple[str, ...]:
        for name in _TAGS:
            value = self.fields.get(name)
            parts = value if isinstance(value, list) else _text(value).replace("、", ",").replace("，", ",").split(",")
            if tags := tuple(dict.fromkeys(tag for part in parts if (tag := _text(part)))):
                return tags
        return ()

    def kind(self) -> DocumentKind | None:
        names = {kind.value: kind for kind in DocumentKind}
        return next((names[text] for name in _KIND if (text := _text(self.fields.get(name)).lower()) in names), None)

    def day(self, name: str) -> date | None:
        value = self.fields.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or not _text(value):
            return value if isinstance(value, date) else None
        try:
            return date.fromisoformat(_text(value)[:10])
        except ValueError:
            self.warnings.append(f"{name} is not a date like 2026-01-31 and was ignored.")
            return None


def document(
    pieces: Iterable[Piece], *, name: str, title: str = "", fields: Fields | None = None, warnings: Iterable[str] = ()
) -> ParsedDocument:
    """Compose a parsed document from its pieces and what it says of itself.

    Its title is the one given, else the field of that name, else the first heading of level 1, the first heading, or
    the file's name without extension. Raises InvalidInput if no text is left.
    """
    pieces = list(pieces)
    text, blocks = compose(pieces)
    dirt = (DIRT,) if any(has_dirt(piece.text) for piece in pieces) else ()
    if not text:
        raise InvalidInput(f"{name} has no text.", remedy="Check that it is the right file.")
    reader = _Reader(
        {key.lower(): value for key, value in (fields or {}).items()}, list(dict.fromkeys((*warnings, *dirt)))
    )
    return ParsedDocument(
        title=clean_line(title) or reader.text("title") or _heading(pieces) or stem(name),
        text=text,
        blocks=blocks,
        metadata={key: value for key in reader.fields if (value := reader.text(key))},
        tags=reader.tags(),
        language=normalize_tag(reader.text(*_LANGUAGE)),
        kind=reader.kind(),
        effective_from=reader.day("effective_from"),
        effective_until=reader.day("effective_until"),
        warnings=tuple(reader.warnings),
    )


def _heading(pieces: list[Piece]) -> str:
    headings = [piece for piece in pieces if piece.kind is BlockKind.HEADING]
    chosen = [*(piece for piece in headings if piece.level == 1), *headings][:1]
    return clean_line(chosen[0].text) if chosen else ""


def stem(name: str) -> str:
    """Return a file's name without folders and extension, on one line."""
    base = name.rsplit("/", 1)[-1]
    return clean_line(base.rsplit(".", 1)[0] or base)


def _text(value: object) -> str:
    """Return a scalar as text and a list as its scalars, joined; anything nested is left out."""
    if isinstance(value, list):
        return ", ".join(text for item in value if not isinstance(item, (list, dict)) and (text := _text(item)))
    if value is None or isinstance(value, dict):
        return ""
    return clean_line(str(value))
