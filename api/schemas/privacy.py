"""What is kept of customers, and the record of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.base import Model
from engine.domain.conversation import Role, TurnAction
from engine.domain.privacy import Certificate, CustomerData, KeptConversation

__all__ = ["AuditEntryOut", "AuditOut", "AuditQuery", "CertificateOut", "CustomerOut", "VerificationOut"]

ENTRY: Final[dict[str, JsonValue]] = {
    "seq": 17,
    "at": "2026-07-01T09:00:00Z",
    "subject": "kd_4f1c09b2a7de",
    "action": "delete_document",
    "target": "id=0d9c",
    "status": 204,
    "hash": "9f2c…",
}
ERASED: Final[dict[str, JsonValue]] = {"conversations": 2, "turns": 14, "exchanges": 6, "feedback": 1}


class KeptTurnOut(Model):
    """One utterance."""

    role: Role
    text: str
    action: TurnAction | None


class KeptAnswerOut(Model):
    """One question as it was understood, with what was answered."""

    answer_id: str
    knowledge_base: str
    standalone: str
    language: str
    answer: str
    created_at: datetime


class KeptFeedbackOut(Model):
    """Feedback on an answer."""

    id: str
    answer_id: str
    verdict: str | None
    edited_text: str
    csat: int | None
    comment: str
    created_at: datetime


class KeptSuggestionOut(Model):
    """What an agent was offered, and what was sent in its place."""

    id: str
    text: str
    verdict: str = Field(description="Empty for one that was not judged.")
    sent: str


class KeptConversationOut(Model):
    """All that is kept of a conversation."""

    id: str
    began_at: datetime
    last_at: datetime
    turns: tuple[KeptTurnOut, ...]
    answers: tuple[KeptAnswerOut, ...]
    feedback: tuple[KeptFeedbackOut, ...]
    suggestions: tuple[KeptSuggestionOut, ...] = ()

    @classmethod
    def kept(cls, value: KeptConversation) -> KeptConversationOut:
        """Show a conversation."""
        return cls(
            id=value.id,
            began_at=value.began_at,
            last_at=value.last_at,
            turns=tuple(KeptTurnOut(role=each.role, text=each.text, action=each.action) for each in value.turns),
            answers=tuple(
                KeptAnswerOut(
                    answer_id=each.answer_id,
                    knowledge_base=each.knowledge_base,
                    standalone=each.standalone,
                    language=each.language,
                    answer=each.answer,
                    created_at=each.created_at,
                )
                for each in value.exchanges
            ),
            feedback=tuple(map(KeptFeedbackOut.of, value.feedback)),
            suggestions=tuple(map(KeptSuggestionOut.of, value.suggestions)),
        )


class KeptEventOut(Model):
    """Something that happened outside conversations."""

    kind: str
    at: datetime
    subject: str
    details: dict[str, str | float]


class KeptMessageOut(Model):
    """A proactive message that was drafted."""

    id: str
    rule: str
    at: datetime
    language: str
    text: str


class CustomerOut(Model):
    """All that is kept of a customer, the oldest conversation first."""

    customer_id: str
    conversations: tuple[KeptConversationOut, ...]
    events: tuple[KeptEventOut, ...] = ()
    messages: tuple[KeptMessageOut, ...] = ()

    model_config = ConfigDict(json_schema_extra={"examples": [{"customer_id": "c-1042", "conversations": []}]})

    @classmethod
    def kept(cls, value: CustomerData) -> CustomerOut:
        """Show what is kept."""
        shown = tuple(map(KeptConversationOut.kept, value.conversations))
        return cls(
            customer_id=value.customer,
            conversations=shown,
            events=tuple(map(KeptEventOut.of, value.events)),
            messages=tuple(map(KeptMessageOut.of, value.messages)),
        )


class ErasedOut(Model):
    """How much was erased."""

    conversations: int
    turns: int
    exchanges: int
    feedback: int
    suggestions: int = Field(default=0, description="Sets that were shown, and verdicts.")
    events: int = Field(default=0, description="What happened outside conversations.")
    messages: int = Field(default=0, description="Proactive messages that were drafted.")


class CertificateOut(Model):
    """That a customer was erased. Back-ups that were taken before are not reached: let them expire."""

    customer_sha256: str = Field(description="SHA-256 of the id, by which it can be recognised.")
    erased_at: datetime
    erased: ErasedOut

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"customer_sha256": "5d41…", "erased_at": "2026-07-01T09:00:00Z", "erased": ERASED}]
        }
    )

    @classmethod
    def signed(cls, value: Certificate) -> CertificateOut:
        """Show a certificate."""
        erased = ErasedOut.of(value.erased)
        return cls(customer_sha256=value.customer_sha256, erased_at=value.erased_at, erased=erased)


class AuditQuery(Model):
    """Which entries to list."""

    after: Annotated[int, Field(ge=0, description="Number of the last entry that is known.")] = 0
    limit: Annotated[int, Field(ge=1, le=1000, description="At most so many.")] = 100


class AuditEntryOut(Model):
    """Somebody did something."""

    seq: int
    at: datetime
    subject: str = Field(description="Id of a key, or the subject of a token.")
    action: str = Field(description="Name of the call.")
    target: str = Field(description="What its path names; personal ids as a hash.")
    status: int
    hash: str = Field(description="SHA-256 over the entry and the hash of the one before.")

    model_config = ConfigDict(json_schema_extra={"examples": [ENTRY]})


class AuditOut(Model):
    """Entries in order."""

    items: tuple[AuditEntryOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ENTRY]}]})


class VerificationOut(Model):
    """Whether the record is as it was written."""

    entries: int = Field(description="So many hold.")
    head: str = Field(description="Hash of the last of them; note it to see later whether an end was cut off.")
    broken_at: int | None = Field(description="The first entry that does not hold; null if all do.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"entries": 17, "head": "9f2c…", "broken_at": None}]})
