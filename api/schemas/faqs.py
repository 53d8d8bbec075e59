"""FAQ entries."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.types import JsonValue

from api.schemas.base import FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, SpanOut
from engine.faqs import FaqEntry

__all__ = ["FaqOut", "FaqPageOut", "FaqsQuery"]

FAQ: Final[dict[str, JsonValue]] = {
    "id": "5f0c7d0e-3c4b-8a51-9d7e-2b1f6a9c0d44:18",
    "question": "When is my card charged?",
    "answer": "When you place the order.",
    "category": "Billing and payment",
    "document_id": "5f0c7d0e-3c4b-8a51-9d7e-2b1f6a9c0d44",
    "version": 1,
    "uri": "en/billing.md",
    "language": "en",
    "span": {"start": 18, "end": 43},
    "picture": "",
}


class FaqsQuery(Model):
    """Which entries to list."""

    knowledge_base: KnowledgeBaseName
    language: LanguageTag | None = Field(default=None, description="In this language; all if left out.")
    query: Annotated[FreeText, StringConstraints(max_length=500)] = Field(
        default="", description="All these words stand in question or answer."
    )
    limit: int = Field(default=50, ge=1, le=200, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")


class FaqOut(Model):
    """A question with its answer."""

    id: str
    question: str
    answer: str = Field(description="The stored text of that document version at `span`.")
    category: str = Field(description="What stands above the question, else the document's first tag; may be empty.")
    document_id: str
    version: int
    uri: str
    language: str = Field(description="BCP 47 tag.")
    span: SpanOut
    picture: str = Field(description="Address that the document's `image` names; empty without one.")

    model_config = ConfigDict(json_schema_extra={"examples": [FAQ]})


class FaqPageOut(Model):
    """One page of entries, by document and place."""

    items: tuple[FaqOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [FAQ], "next_cursor": None}]})

    @classmethod
    def page(cls, found: tuple[FaqEntry, ...], limit: int) -> FaqPageOut:
        """Show at most `limit` entries of what was found, which is one more if there is a next page."""
        items = tuple(map(FaqOut.of, found[:limit]))
        return cls(items=items, next_cursor=items[-1].id if len(found) > limit else None)
