"""What customers need, and messages that nobody asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.answers import CitationOut
from api.schemas.base import Flag, Identifier, KnowledgeBaseName, LanguageTag, Model, Whole
from engine.domain.check import Verdict
from engine.domain.proactive import HoldingReason, Offer, Offers
from engine.domain.profile import CustomerProfile, InterestKind

__all__ = ["OffersOut", "ProactiveIn", "ProfileOut", "ProfileQuery"]

CALL: Final[dict[str, JsonValue]] = {"knowledge_base": "support", "customer_ids": ["c-1042"], "preview": True}
OFFERS: Final[dict[str, JsonValue]] = {
    "items": [],
    "held_back": [{"customer_id": "c-1042", "rule": "failed-repeatedly", "reason": "cooldown"}],
}
PROFILE: Final[dict[str, JsonValue]] = {
    "customer_id": "c-1042",
    "conversations": 3,
    "questions": 7,
    "last_at": "2026-11-20T17:40:12Z",
    "languages": {"zh-Hans": 5, "en": 2},
    "level": 2.6,
    "csat": 3.5,
    "needs": [
        {
            "topic_id": "0b8a4a53-9d6b-4a2b-8f3e-5a4f0f2f7c11",
            "name": "parcel · arrive · tracking",
            "questions": 4,
            "last_at": "2026-11-20T17:40:12Z",
            "unmet": True,
        }
    ],
    "interests": [
        {"kind": "document", "name": "Drift R3", "weight": 1.8, "times": 2, "last_at": "2026-11-19T09:00:00Z"}
    ],
    "events": {"payment.failed": 3},
}


class ProfileQuery(Model):
    """Of which knowledge base to tell."""

    knowledge_base: KnowledgeBaseName


class NeedOut(Model):
    """A topic that the customer asked about."""

    topic_id: str
    name: str
    questions: int
    last_at: datetime
    unmet: bool = Field(description="The latest question about it was not answered well.")


class InterestOut(Model):
    """Something that the customer keeps coming back to."""

    kind: InterestKind = Field(description="A page that answered, a tag of such pages, a code, the subject of events.")
    name: str
    weight: float = Field(description="How often, each time halved for a month gone by.")
    times: int
    last_at: datetime


class ProfileOut(Model):
    """What a customer needs and is interested in, told from what is kept at this moment; nothing of it is stored."""

    customer_id: str
    conversations: int
    questions: int
    last_at: datetime | None
    languages: dict[str, int] = Field(description="Of questions, that of the latest first.")
    level: float | None = Field(description="Mean mood, 1 to 5.")
    csat: float | None
    needs: tuple[NeedOut, ...] = Field(description="Those of the latest questions first.")
    interests: tuple[InterestOut, ...] = Field(description="The heaviest first.")
    events: dict[str, int] = Field(description="By kind.")

    model_config = ConfigDict(json_schema_extra={"examples": [PROFILE]})

    @classmethod
    def told(cls, profile: CustomerProfile) -> ProfileOut:
        """Convert from the domain."""
        named = {name: getattr(profile, name) for name in cls.model_fields if name != "customer_id"}
        return cls.model_validate({**named, "customer_id": profile.customer}, from_attributes=True)


class ProactiveIn(Model):
    """Whom to draft messages to."""

    knowledge_base: KnowledgeBaseName
    customer_ids: tuple[Identifier, ...] = Field(
        default=(), max_length=1000, description="To these; left out: to all with events of late."
    )
    language: LanguageTag | None = Field(default=None, description="Of the messages; by default the customer's.")
    limit: Annotated[Whole, Field(ge=1, le=200)] = Field(default=50, description="At most so many messages.")
    preview: Flag = Field(default=False, description="Keep nothing: the messages do not count for the caps.")

    model_config = ConfigDict(json_schema_extra={"examples": [CALL]})


class CauseOut(Model):
    """An event that gave cause."""

    kind: str
    subject: str
    at: datetime


class OfferOut(Model):
    """A drafted message; it is not sent by this."""

    id: str
    customer_id: str
    rule: str
    language: str
    text: str
    citations: tuple[CitationOut, ...]
    confidence: float = Field(ge=0, le=1, description="That the knowledge answers the rule's question.")
    verdict: Verdict = Field(description="Of the checks; what they block is held back.")
    events: tuple[CauseOut, ...]

    @classmethod
    def told(cls, offer: Offer) -> OfferOut:
        """Convert from the domain."""
        message = offer.message
        return cls(
            id=message.id,
            customer_id=message.customer,
            rule=message.rule,
            language=message.language,
            text=message.text,
            citations=tuple(map(CitationOut.of, offer.citations)),
            confidence=offer.confidence,
            verdict=offer.verdict,
            events=tuple(map(CauseOut.of, offer.events)),
        )


class HeldBackOut(Model):
    """A cause that came to nothing."""

    customer_id: str
    rule: str
    reason: HoldingReason = Field(
        description="Drafted before for the same events; too soon; enough messages; no sure answer; blocked by checks."
    )


class OffersOut(Model):
    """Messages that events give cause for, and those that were held back."""

    items: tuple[OfferOut, ...]
    held_back: tuple[HeldBackOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [OFFERS]})

    @classmethod
    def told(cls, found: Offers) -> OffersOut:
        """Convert from the domain."""
        held = (HeldBackOut(customer_id=each.customer, rule=each.rule, reason=each.reason) for each in found.held_back)
        return cls(items=tuple(map(OfferOut.told, found.offers)), held_back=tuple(held))
