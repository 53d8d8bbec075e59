"""What conversations propose to write into the knowledge, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.domain.knowledge import Span

__all__ = [
    "Effect",
    "EffectVerdict",
    "Evidence",
    "Expected",
    "Observation",
    "Outcome",
    "Place",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "Publication",
    "Rehearsed",
    "Reply",
]


class ProposalKind(StrEnum):
    """How what agents answer stands with what the knowledge says."""

    NEW = "new"
    """The knowledge says nothing of it."""
    BETTER_WORDING = "better_wording"
    """The knowledge says so in words that customers' questions do not find, or an FAQ entry says it otherwise."""
    DUPLICATE = "duplicate"
    """The knowledge says so, and answers with it."""
    CONTRADICTION = "contradiction"
    """A document says something else."""


class ProposalState(StrEnum):
    """How far a proposal has come; only people move it on."""

    PROPOSED = "proposed"
    EDITED = "edited"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class Observation:
    """A question that a customer asked and what solved it, without personal data.

    It is from a case (`document_id`) or from feedback on an answer (`conversation_id`). `access` are the tags that say
    who may see it.
    """

    id: str
    question: str
    answer: str
    language: str
    document_id: str = ""
    conversation_id: str = ""
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """An observation behind a proposal; `agrees`: it says what is proposed."""

    observation: Observation
    agrees: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the knowledge speaks of it: `quote` is exactly the stored text of the document version at `span`."""

    document_id: str
    version: int
    title: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing wrote: a `version` of a document, and the version before it, 0 for a new document."""

    document_id: str
    version: int
    previous: int
    at: datetime


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    CLARIFIED = "clarified"


class EffectVerdict(StrEnum):
    """What publishing did to a question.

    A question of a proposal is right once it is answered with what was published; one of the golden set as long as it
    is answered with one of the wordings that are expected.
    """

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Expected:
    """A question of the golden set: any one of the wordings must stand in its answer; none: it must not be answered."""

    question: str
    wordings: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question got, and whether that was right."""

    outcome: Outcome
    text: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A question before and after publishing; `observation` is that behind the proposal, empty for a golden one."""

    question: str
    observation: str
    before: Reply
    after: Reply

    @property
    def verdict(self) -> EffectVerdict:
        """What publishing did to it."""
        if self.before.right == self.after.right:
            return EffectVerdict.SAME
        return EffectVerdict.BETTER if self.after.right else EffectVerdict.WORSE


@dataclass(frozen=True, slots=True)
class Effect:
    """What publishing did, question by question; `searchable_s`: from its beginning to the answer to the first one."""

    searchable_s: float
    questions: tuple[Rehearsed, ...]

    def count(self, verdict: EffectVerdict) -> int:
        """Return how many questions have that verdict."""
        return sum(each.verdict is verdict for each in self.questions)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with its answer that may become knowledge.

    `confidence` is how sure it is that agents say so (0..1). `place` is what it would change, None where it would be an
    entry of its own; `reason` is why it was rejected.
    """

    id: str
    knowledge_base: str
    kind: ProposalKind
    state: ProposalState
    language: str
    question: str
    answer: str
    confidence: float
    evidence: tuple[Evidence, ...]
    created_at: datetime
    changed_at: datetime
    access: tuple[str, ...] = ()
    place: Place | None = None
    reason: str = ""
    publication: Publication | None = None
    effect: Effect | None = None
