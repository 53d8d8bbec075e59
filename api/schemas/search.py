"""Searches and the passages that they find."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model, SpanOut, Whole
from api.schemas.evidence import EvidenceOut
from api.schemas.examples import PASSAGE, SEARCH_CALL
from api.schemas.filters import FilterIn

__all__ = ["MAX_LIMIT", "PassageOut", "SearchIn", "SearchOut"]

MAX_LIMIT = 100


class SearchIn(Model):
    """A query to a knowledge base."""

    knowledge_base: KnowledgeBaseName
    query: FreeText = Field(description="Words or a question; the length limit is a setting of the server.")
    filter: FilterIn | None = Field(default=None, description="Which documents take part; all if left out.")
    limit: Whole = Field(default=10, ge=1, le=MAX_LIMIT, description="At most this many passages.")
    language: LanguageTag | None = Field(default=None, description="Overrides language detection.")

    model_config = ConfigDict(json_schema_extra={"examples": [SEARCH_CALL]})


class PassageOut(EvidenceOut):
    """A passage with where it comes from and why it was found."""

    chunk_id: str
    text: str
    ranks: dict[str, int] = Field(description="Rank from 1 in each retriever that found it.")
    scores: dict[str, float] = Field(
        description="Raw scores: `dense` is a cosine, `sparse` and `context` BM25 of passage and document, `late` is "
        "the reranker's."
    )
    highlights: tuple[SpanOut, ...] = Field(description="What matches the query; offsets like those of `span`.")
    tags: tuple[str, ...]
    effective_from: date | None
    effective_until: date | None = Field(description="The last day on which the document holds.")
    quarantined: bool | None = Field(
        default=None, description="It speaks to a language model, and answers leave it out; null: never looked at."
    )

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
