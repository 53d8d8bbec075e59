"""Documents that disagree."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import Model, SpanOut
from api.schemas.examples import CONFLICT
from engine.domain.conflict import ConflictBasis
from engine.domain.knowledge import DocumentKind

__all__ = ["ConflictOut", "ConflictSideOut"]


class ConflictSideOut(Model):
    """What one document says: `quote` is exactly its stored text at `span`."""

    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    span: SpanOut
    quote: str
    effective_from: date | None = Field(description="The first day on which it holds; null for always.")
    effective_until: date | None = Field(description="The last day on which it holds; null for ever.")


class ConflictOut(Model):
    """Two documents that answer the same question with different values."""

    decided_by: ConflictBasis = Field(
        description="`validity`: the other holds on other days only; `date`: the other holds since an earlier day; "
        "`kind`: a policy goes before a manual or page, these before an FAQ, that before a past case; `nothing`: the "
        "question is not answered."
    )
    holds: ConflictSideOut = Field(description="The side that is answered from, unless nothing decides.")
    against: ConflictSideOut = Field(description="The other side.")

    model_config = ConfigDict(json_schema_extra={"examples": [CONFLICT]})
