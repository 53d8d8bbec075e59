"""What is proposed to be written into the knowledge, and what publishing it did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.proposal_examples import EDIT_CALL, MINE_CALL, PROPOSAL, PUBLISH_CALL, REJECT_CALL
from engine.domain.proposals import (
    Effect,
    EffectVerdict,
    Evidence,
    Expected,
    Outcome,
    Proposal,
    ProposalKind,
    ProposalState,
)
from engine.insights.proposals import MAX_GOLDEN

__all__ = ["EditIn", "GoldenIn", "MineIn", "ProposalOut", "ProposalsOut", "ProposalsQuery", "PublishIn", "RejectIn"]

_Question = Annotated[FreeText, StringConstraints(max_length=1000)]
_Answer = Annotated[FreeText, StringConstraints(max_length=8000)]


class MineIn(Model):
    """Where to look for what the knowledge lacks."""

    knowledge_base: KnowledgeBaseName
    talks: tuple[KnowledgeBaseName, ...] = Field(
        default=(), max_length=20, description="Other knowledge bases whose resolved transcripts are looked at, too."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [MINE_CALL]})


class EditIn(Model):
    """Other words; what is left out or empty stays."""

    question: _Question = Field(default="", description="What customers ask.")
    answer: _Answer = Field(default="", description="What is answered.")

    model_config = ConfigDict(json_schema_extra={"examples": [EDIT_CALL]})


class RejectIn(Model):
    """Why something is not to be published."""

    reason: Annotated[_Question, StringConstraints(min_length=1)] = Field(description="For people.")

    model_config = ConfigDict(json_schema_extra={"examples": [REJECT_CALL]})


class GoldenIn(Model):
    """A question whose answer is known."""

    question: Annotated[_Question, StringConstraints(min_length=1)] = Field(description="As a customer asks it.")
    wordings: tuple[_Answer, ...] = Field(
        default=(),
        max_length=20,
        description="Any one of them must stand in the answer; none: it must not be answered.",
    )
    language: LanguageTag | None = Field(default=None, description="Detected if left out.")

    def to_domain(self) -> Expected:
        """Convert to the domain."""
        return Expected(self.question, self.wordings, self.language or "")


class PublishIn(Model):
    """What to ask again beside the questions behind the proposal."""

    golden: tuple[GoldenIn, ...] = Field(
        default=(), max_length=MAX_GOLDEN, description="The golden set; if empty, answers that people accepted."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLISH_CALL]})


class ProposalsQuery(Model):
    """Which proposals to list."""

    knowledge_base: KnowledgeBaseName
    state: tuple[ProposalState, ...] = Field(default=(), max_length=6, description="In this state; may be repeated.")
    kind: ProposalKind | None = Field(default=None, description="Of this kind.")
    limit: int = Field(default=100, ge=1, le=500, description="At most so many.")


class EvidenceOut(Model):
    """What a customer asked and what solved it, without personal data."""

    id: str
    question: str
    answer: str
    language: str
    document_id: str = Field(description="The case; empty for an answer that an agent corrected.")
    conversation_id: str = Field(description="Of the corrected answer; empty for a case.")
    agrees: bool = Field(description="Whether it says what is proposed.")

    @classmethod
    def shown(cls, evidence: Evidence) -> EvidenceOut:
        """Convert from the domain."""
        names = cls.model_fields.keys() - {"agrees"}
        return cls(agrees=evidence.agrees, **{name: getattr(evidence.observation, name) for name in names})


class ProposalPlaceOut(Model):
    """What of a document it would change: `quote` is exactly the stored text at `span`."""

    document_id: str
    version: int
    title: str
    span: SpanOut
    quote: str


class PublicationOut(Model):
    """What publishing wrote."""

    document_id: str
    version: int
    previous: int = Field(description="The version before; 0 for a new document.")
    at: datetime


class RehearsedReplyOut(Model):
    """What a question got."""

    outcome: Outcome
    text: str
    confidence: float
    right: bool = Field(description="Whether it says what is expected.")


class RehearsedOut(Model):
    """A question before and after publishing."""

    question: str
    observation: str = Field(description="Id of the evidence that it is from; empty for one of the golden set.")
    verdict: EffectVerdict
    before: RehearsedReplyOut
    after: RehearsedReplyOut


class EffectOut(Model):
    """What publishing did, question by question."""

    searchable_s: float = Field(description="Seconds from the beginning of publishing to the first answer after it.")
    better: int
    same: int
    worse: int
    questions: tuple[RehearsedOut, ...]

    @classmethod
    def shown(cls, effect: Effect) -> EffectOut:
        """Convert from the domain."""
        counts = {verdict.value: effect.count(verdict) for verdict in EffectVerdict}
        questions = tuple(map(RehearsedOut.of, effect.questions))
        return cls(searchable_s=effect.searchable_s, questions=questions, **counts)


class ProposalOut(Model):
    """A question with its answer that may become knowledge."""

    id: str
    knowledge_base: str
    kind: ProposalKind = Field(
        description="`new`: the knowledge says nothing of it; `better_wording`: it is there and not found, or said "
        "otherwise; `duplicate`: it is there; `contradiction`: a document says something else."
    )
    state: ProposalState
    language: str = Field(description="BCP 47 tag.")
    question: str
    answer: str
    confidence: float = Field(ge=0, le=1, description="How sure it is that agents say so.")
    count: int = Field(description="How often it was asked.")
    evidence: tuple[EvidenceOut, ...]
    access: tuple[str, ...] = Field(description="Tags of access lists that what is published will have.")
    place: ProposalPlaceOut | None = Field(description="What it would change; null where it is an entry of its own.")
    reason: str = Field(description="Why it was rejected.")
    publication: PublicationOut | None
    effect: EffectOut | None = Field(description="What publishing did.")
    created_at: datetime
    changed_at: datetime

    model_config = ConfigDict(json_schema_extra={"examples": [PROPOSAL]})

    @classmethod
    def shown(cls, proposal: Proposal) -> ProposalOut:
        """Convert from the domain."""
        made: dict[str, Any] = {
            "count": len(proposal.evidence),
            "evidence": tuple(map(EvidenceOut.shown, proposal.evidence)),
            "place": proposal.place and ProposalPlaceOut.of(proposal.place),
            "publication": proposal.publication and PublicationOut.of(proposal.publication),
            "effect": proposal.effect and EffectOut.shown(proposal.effect),
        }
        plain = {name: getattr(proposal, name) for name in cls.model_fields.keys() - made.keys()}
        return cls(**plain, **made)


class ProposalsOut(Model):
    """Proposals, the surest first."""

    items: tuple[ProposalOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [PROPOSAL]}]})
