"""What of the knowledge contradicts itself, and what is out of date."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import KnowledgeBaseName, Model
from api.schemas.conflicts import ConflictSideOut
from api.schemas.proposal_examples import CONTRADICTION, STALE
from engine.domain.upkeep import ContradictionKind, StaleReason
from engine.insights.contradictions import SURE
from engine.insights.staleness import SOON_DAYS

__all__ = [
    "ContradictionOut",
    "ContradictionsOut",
    "ContradictionsQuery",
    "StaleOut",
    "StaleQuery",
    "StalenessOut",
    "UpkeepQuery",
]


class UpkeepQuery(Model):
    """Which knowledge base to look over."""

    knowledge_base: KnowledgeBaseName


class ContradictionsQuery(UpkeepQuery):
    """How sure to be."""

    sure: float = Field(default=SURE, ge=0, le=1, description="At least so sure.")


class StaleQuery(UpkeepQuery):
    """What to count as out of date."""

    days: int = Field(default=SOON_DAYS, ge=0, le=3650, description="What expires within so many days is told.")


class ContradictionOut(Model):
    """Two statements about the same that cannot both be so."""

    kind: ContradictionKind = Field(
        description="`documents`; `agents`: what an agent told a customer, against a document; `languages`: the same "
        "page in two languages."
    )
    one: ConflictSideOut
    other: ConflictSideOut
    values: tuple[tuple[str, ...], tuple[str, ...]] = Field(
        description="What differs, in normal form (times in days); empty where one says yes and the other no."
    )
    confidence: float = Field(ge=0, le=1)

    model_config = ConfigDict(json_schema_extra={"examples": [CONTRADICTION]})


class ContradictionsOut(Model):
    """The contradictions of a knowledge base, the surest first."""

    items: tuple[ContradictionOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CONTRADICTION]}]})


class StaleOut(Model):
    """A document that wants looking at."""

    reason: StaleReason = Field(
        description="`expired` and `expiring` by its `effective_until`; `broken_link`: to a page beside it that is not "
        "there; `unreached`: no answer ever cited it."
    )
    document_id: str
    title: str
    uri: str
    language: str
    day: date | None = Field(description="Its last day.")
    detail: str = Field(description="The link.")

    model_config = ConfigDict(json_schema_extra={"examples": [STALE]})


class StalenessOut(Model):
    """What is out of date, by reason."""

    items: tuple[StaleOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [STALE]}]})
