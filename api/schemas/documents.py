"""Documents and their stored texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import Day, FreeText, Identifier, KnowledgeBaseName, Label, LanguageTag, Model, Moment, SpanOut
from api.schemas.examples import ALIKE, DOCUMENT, REGION
from engine.domain.knowledge import Document, DocumentFilter, DocumentKind, Region
from engine.domain.validity import InForce

__all__ = [
    "AlikeOut",
    "DocumentDetailOut",
    "DocumentIn",
    "DocumentOut",
    "DocumentPageOut",
    "DocumentTextOut",
    "DocumentsQuery",
    "RegionOut",
    "RegionsOut",
]

MAX_LIMIT = 200
MAX_SKIP = 2**31 - 1
Part = Annotated[FreeText, StringConstraints(max_length=2000)]  # of an address; databases refuse long patterns
DAYS = ("effective_from", "effective_until")


class DocumentsQuery(Model):
    """Which documents to list."""

    knowledge_base: KnowledgeBaseName
    limit: int = Field(default=50, ge=1, le=MAX_LIMIT, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")
    kind: DocumentKind | None = Field(default=None, description="Of this kind.")
    language: LanguageTag | None = Field(default=None, description="In this language.")
    tag: tuple[Label, ...] = Field(default=(), max_length=20, description="With this tag; all of several.")
    source: Part | None = Field(default=None, description="From this source, such as `upload`.")
    uri: Part = Field(default="", description="This stands in its uri, in any case of letters.")
    name: Part = Field(default="", description="This stands in its title or its uri, in any case of letters.")
    skip: int = Field(default=0, ge=0, le=MAX_SKIP, description="Leave out as many; beside `cursor`, of those after.")
    count: bool = Field(default=False, description="Tell in `total` how many there are on all pages.")
    updated_since: Moment | None = Field(default=None, description="Changed at this time or later.")

    def to_domain(self) -> DocumentFilter:
        """Convert to the domain; knowledge base and page are left out."""
        return DocumentFilter(
            kind=self.kind,
            language=self.language or "",
            tags=self.tag,
            source=self.source,
            uri_part=self.uri,
            name_part=self.name,
            updated_since=self.updated_since,
        )


class AlikeOut(Model):
    """A document that is much like another."""

    id: str
    uri: str
    similarity: float = Field(ge=0, le=1, description="1 for the same text, else the share of word sequences in both.")

    model_config = ConfigDict(json_schema_extra={"examples": [ALIKE]})


class DocumentOut(Model):
    """A document and its newest version."""

    id: str = Field(description="Stays the same in all versions.")
    knowledge_base: str
    source: str = Field(description="Where it was read from: a folder, a web address, a storage, or `upload`.")
    uri: str = Field(description="Path within the source, or web address.")
    title: str
    kind: DocumentKind
    language: str = Field(description="BCP 47 tag.")
    version: int = Field(description="Counted from 1.")
    content_hash: str = Field(description="Of the file and what was said of it; the same again is not read again.")
    tags: tuple[str, ...]
    effective_from: date | None = Field(description="The first day on which the document holds; null for always.")
    effective_until: date | None = Field(description="The last day on which the document holds; null for ever.")
    metadata: dict[str, str] = Field(description="What else the file says of itself, such as its author.")
    chunk_count: int = Field(description="Searchable passages.")
    updated_at: str = Field(description="When this version was made (ISO 8601).")
    container: str = Field(description="Uri of the archive or mail that it came in; empty if it came on its own.")
    replaces: int | None = Field(description="The version that it corrects, which counts no more.")
    edited: tuple[str, ...] = Field(description="Fields that an administrator set; later versions keep them.")

    model_config = ConfigDict(json_schema_extra={"examples": [DOCUMENT]})


class DocumentDetailOut(DocumentOut):
    """A document with what else is known of it."""

    version_in_force: int | None = Field(description="The version that readers see today.")
    duplicates: tuple[AlikeOut, ...] = Field(description="Documents with the same text, or nearly so.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**DOCUMENT, "version_in_force": 1, "duplicates": [ALIKE]}]}
    )

    @classmethod
    def detailed(
        cls, document: Document, in_force: InForce | None, alike: Iterable[tuple[Document, float]]
    ) -> DocumentDetailOut:
        """Convert from the domain."""
        return cls(
            **DocumentOut.of(document).model_dump(),
            version_in_force=in_force.version if in_force else None,
            duplicates=tuple(AlikeOut(id=other.id, uri=other.uri, similarity=round(like, 2)) for other, like in alike),
        )


class DocumentIn(Model):
    """What an administrator says of a document; what is left out stays as it is.

    Null takes a day away.
    """

    kind: DocumentKind | None = Field(default=None, description="What sort of knowledge it is.")
    tags: tuple[Label, ...] | None = Field(default=None, max_length=100, description="All its tags from now on.")
    metadata: dict[Label, FreeText] | None = Field(
        default=None, max_length=100, description="All its further facts from now on."
    )
    effective_from: Day | None = Field(default=None, description="The first day on which it holds.")
    effective_until: Day | None = Field(default=None, description="The last day on which it holds.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"tags": ["returns"], "effective_from": "2025-07-01"}]})

    def applied(self, document: Document) -> Document:
        """Return the document as it is described here."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return replace(document, **{name: value for name, value in said.items() if value is not None or name in DAYS})


class DocumentPageOut(Model):
    """One page of documents, ordered by uri."""

    items: tuple[DocumentOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")
    total: int | None = Field(default=None, description="Documents on all pages, where `count` asks for it.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [DOCUMENT], "next_cursor": None}]})


class BoxOut(Model):
    """A rectangle as shares (0..1) of the upright page's width and height, from its top left corner."""

    left: float = Field(description="From the left edge.")
    top: float = Field(description="From the upper edge.")
    right: float
    bottom: float


class RegionOut(Model):
    """Where on a page image a stretch of the text was read."""

    span: SpanOut
    page: int = Field(description="Counted from 1.")
    box: BoxOut
    confidence: float = Field(description="The recogniser's own, 0..1.")


class RegionsOut(Model):
    """Where on its pages the text of a document version was read, in order; empty if it was not read off images."""

    document_id: str
    version: int
    items: tuple[RegionOut, ...]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"document_id": DOCUMENT["id"], "version": 1, "items": [REGION]}]}
    )

    @classmethod
    def within(cls, document: Document, regions: Iterable[Region], start: int, end: int) -> RegionsOut:
        """Convert the regions that share characters with `start`..`end`."""
        touched = (each for each in regions if each.span.start < end and start < each.span.end)
        names = ("left", "top", "right", "bottom")
        items = (
            RegionOut(
                span=SpanOut.of(each.span),
                page=each.page,
                box=BoxOut(**dict(zip(names, each.box, strict=True))),
                confidence=each.confidence,
            )
            for each in touched
        )
        return cls(document_id=document.id, version=document.version, items=tuple(items))


class DocumentTextOut(Model):
    """The text of a document version, to which all spans refer."""

    document_id: str
    version: int
    text: str

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"document_id": DOCUMENT["id"], "version": 1, "text": "Returns policy\n\nYou may return …"}]
        }
    )
