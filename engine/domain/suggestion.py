"""What an agent is offered beside a conversation, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.domain.answer import Citation
from engine.domain.canned_reply import Gap
from engine.domain.conversation import Turn
from engine.domain.feedback import Verdict

__all__ = [
    "DeskWarning",
    "JudgedSuggestion",
    "ShownSuggestion",
    "Suggestion",
    "SuggestionKind",
    "SuggestionRequest",
    "Suggestions",
    "Tally",
    "WarningKind",
]


class SuggestionKind(StrEnum):
    """What sort of thing is suggested."""

    CANNED = "canned"
    KNOWLEDGE = "knowledge"
    SIMILAR_CASE = "similar_case"
    NEXT_STEP = "next_step"
    CLARIFY = "clarify"


class WarningKind(StrEnum):
    """What an agent should watch out for."""

    RISING_ANGER = "rising_anger"
    PROMISE_DUE = "promise_due"
    REPEATED = "repeated"
    POLICY_EXPIRING = "policy_expiring"
    NO_EVIDENCE = "no_evidence"
    LOW_CONFIDENCE = "low_confidence"
    CONFLICT = "conflict"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to send or to do.

    `text` is in the customer's language (BCP 47 in `language`), or what to do in the agent's for a next step without a
    wording. `confidence` is how likely it is what the agent needs, 0..1; `reason` says why, in the agent's language;
    `fit` is the confidence by the conversation alone, without what became of such suggestions before.
    `key` is the same for the same thing in every conversation. The evidence's `answer_span` refers to `text`.
    """

    id: str
    kind: SuggestionKind
    key: str
    title: str
    text: str
    language: str
    confidence: float
    reason: str
    evidence: tuple[Citation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    options: tuple[str, ...] = ()
    fit: float = 0.0


@dataclass(frozen=True, slots=True)
class DeskWarning:
    """Something to watch out for, said in the agent's language.

    `place` is the turn (from 0) that it is about, `due` when a promise falls due or the last day of a policy.
    """

    kind: WarningKind
    message: str
    place: int | None = None
    due: datetime | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions, best first, for what the customer asks (`question`, as it stands alone), with warnings."""

    id: str
    language: str
    question: str
    items: tuple[Suggestion, ...]
    warnings: tuple[DeskWarning, ...]
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRequest:
    """A conversation so far (oldest first), and who looks at it.

    `times` are those of the turns, None or missing where they are not known; `now` is the present. `facts` are the
    caller's values for variables. `group` names the agents whose habits count beside those of all. `typed` is what
    the agent has begun to write, such as "/refund". Documents whose uri is in `without` are left out, as is what was
    made of them: such as the record of this very conversation. What was suggested is erased with the conversation
    `conversation_id`, and with all that is kept of `customer`.
    """

    turns: tuple[Turn, ...]
    times: tuple[datetime | None, ...] = ()
    now: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    language: str = ""
    agent_language: str = ""
    typed: str = ""
    limit: int = 6
    without: tuple[str, ...] = ()
    conversation_id: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion as it is remembered, to be judged; `expected` is how likely it was by its fit alone, 0..1.

    `conversation` is the id of the one that it was made for, with which it is erased; empty if not told.
    """

    id: str
    knowledge_base: str
    group: str
    kind: SuggestionKind
    key: str
    text: str
    expected: float
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class JudgedSuggestion:
    """What became of a suggestion: `sent` is what the customer got, `distance` how far it is from it, 0..1."""

    shown: ShownSuggestion
    verdict: Verdict
    sent: str
    distance: float
    created_at: datetime

    @property
    def credit(self) -> float:
        """How much of the suggestion was of use: all of it, what was left after editing, or nothing."""
        return 0.0 if self.verdict is Verdict.REJECTED else 1 - self.distance


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was judged, the sum of the credits, and what the fits made one expect of it."""

    judged: int = 0
    credit: float = 0.0
    expected: float = 0.0
