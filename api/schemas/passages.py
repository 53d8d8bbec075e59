"""The searchable passages of a document, and corrections of what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from api.schemas.base import FreeText, Model, SpanOut, Whole
from api.schemas.examples import DOCUMENT, QUOTE
from engine.domain.knowledge import Chunk, Document, Span
from ingestion.quarantine import is_quarantined

__all__ = ["CorrectionIn", "DocumentPassageOut", "DocumentPassagesOut", "SpanIn"]

MAX_CHARS = 20_000
_Stretch = Annotated[FreeText, StringConstraints(min_length=1, max_length=MAX_CHARS)]


class DocumentPassageOut(Model):
    """A stretch of a document's text that is searched as one."""

    chunk_id: str
    span: SpanOut = Field(description="Where it stands in the text; passages may overlap.")
    section: tuple[str, ...] = Field(description="Headings above the text, outermost first.")
    page: int | None = Field(description="Counted from 1; null where the format has no pages.")
    quarantined: bool = Field(description="Something in it speaks to a language model; answers leave that out.")


class DocumentPassagesOut(Model):
    """The passages of a document version, in reading order."""

    document_id: str
    version: int
    items: tuple[DocumentPassageOut, ...]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "document_id": DOCUMENT["id"],
                    "version": 1,
                    "items": [
                        {
                            "chunk_id": "0b8e1f5a-7c3d-4e2b-9a6f-5d4c3b2a1f00",
                            "span": {"start": 0, "end": 176},
                            "section": ["Returns policy", "Time limit"],
                            "page": 1,
                            "quarantined": False,
                        }
                    ],
                }
            ]
        }
    )

    @classmethod
    def of_version(cls, document: Document, chunks: Iterable[Chunk]) -> Self:
        """Convert from the domain."""
        items = (
            DocumentPassageOut(
                chunk_id=chunk.id,
                span=SpanOut.of(chunk.span),
                section=chunk.section,
                page=chunk.page,
                quarantined=is_quarantined(document, chunk),
            )
            for chunk in chunks
        )
        return cls(document_id=document.id, version=document.version, items=tuple(items))


class SpanIn(Model):
    """Half-open range of character offsets, counted in Unicode code points."""

    start: Whole = Field(ge=0, description="The first character.")
    end: Whole = Field(ge=0, description="The first character behind it.")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span ends behind its start")
        return self

    def to_domain(self) -> Span:
        """Convert to the domain."""
        return Span(self.start, self.end)


class CorrectionIn(Model):
    """What a stretch of a document's text is to say instead."""

    span: SpanIn = Field(description="Where it stands in the newest version, within one passage.")
    quote: _Stretch = Field(description="What stands there, to be sure that both mean the same.")
    text: _Stretch = Field(description="What is to stand there.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "span": {"start": 120, "end": 120 + len(QUOTE)},
                    "quote": QUOTE,
                    "text": QUOTE.replace("30", "60"),
                }
            ]
        }
    )
