"""Which documents take part in a search or an answer."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Day, Identifier, Label, LanguageTag, Model
from engine.domain.knowledge import DocumentKind
from engine.domain.search import SearchFilter

__all__ = ["FilterIn"]

MAX_VALUES = 100


class FilterIn(Model):
    """Restriction to some documents: fields are combined with AND; an empty field does not restrict."""

    kinds: tuple[DocumentKind, ...] = Field(default=(), max_length=MAX_VALUES, description="Of these kinds.")
    languages: tuple[LanguageTag, ...] = Field(default=(), max_length=MAX_VALUES, description="Of these languages.")
    tags: tuple[Label, ...] = Field(default=(), max_length=MAX_VALUES, description="With all of these tags.")
    document_ids: tuple[Identifier, ...] = Field(default=(), max_length=MAX_VALUES, description="Of these documents.")
    as_of: Day | None = Field(default=None, description="What holds on this day; today where it is left out.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kinds": ["policy", "faq"], "languages": ["en"], "as_of": "2025-07-01"}]}
    )

    def to_domain(self) -> SearchFilter:
        """Convert to the domain."""
        return SearchFilter(self.kinds, self.languages, self.tags, self.document_ids, self.as_of)
