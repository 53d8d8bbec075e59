"""Searches and the passages that they find."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.examples import PASSAGE, SEARCH_CALL
from api.schemas.filters import FilterIn
from engine.domain.knowledge import DocumentKind

__all__ = ["MAX_LIMIT", "PassageOut", "SearchIn", "SearchOut"]

MAX_LIMIT = 100


class SearchIn(Model):
    """A query to a knowledge base."""

    knowledge_base: KnowledgeBaseName
    query: FreeText = Field(description="The length limit is a setting of the server.")
    filter: FilterIn | None = None
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT, description="At most this many passages.")
    language: LanguageTag | None = Field(default=None, description="Overrides language detection.")

    model_config = ConfigDict(json_schema_extra={"examples": [SEARCH_CALL]})


class PassageOut(Model):
    """A passage with where it comes from and why it was found."""

    chunk_id: str
    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    section: tuple[str, ...] = Field(description="Headings above the passage, outermost first.")
    page: int | None = Field(description="Counted from 1; null where the format has no pages.")
    span: SpanOut = Field(description="Where the text stands in the stored text of that document version.")
    text: str
    score: float = Field(description="Orders the passages of one search.")
    ranks: dict[str, int] = Field(description="Rank from 1 in each retriever that found it.")
    scores: dict[str, float] = Field(description="Raw score of each retriever: cosine or BM25.")
    highlights: tuple[SpanOut, ...] = Field(description="What matches the query; offsets like those of `span`.")
    tags: tuple[str, ...]
    effective_from: date | None
    effective_until: date | None = Field(description="The last day on which the document holds.")

    model_config = ConfigDict(json_schema_extra={"examples": [PASSAGE]})


class SearchOut(Model):
    """Passages, best first."""

    query: str
    language: str = Field(description="BCP 47 tag; `und` where the query tells nothing.")
    passages: tuple[PassageOut, ...]
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "query": SEARCH_CALL["query"],
                    "language": "en",
                    "passages": [PASSAGE],
                    "timings_ms": {"language": 0.1, "search": 4.2},
                }
            ]
        }
    )
