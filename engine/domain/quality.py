"""How well a desk serves: replies and what is wrong with them, promises and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.domain.check import CheckRule, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.domain.conversation import Role
from engine.domain.insights import Period
from engine.domain.knowledge import Span

__all__ = [
    "CheckedReply",
    "KeptReplyFinding",
    "Outcome",
    "PromiseState",
    "QualityFigures",
    "QualityGroup",
    "QualityReport",
    "ReplyFilter",
    "SentReply",
    "ShownReply",
    "TrackedPromise",
]


class PromiseState(StrEnum):
    """What became of a promise to one customer."""

    OPEN = "open"
    """Its time is not over."""
    KEPT = "kept"
    LATE = "late"
    """Done, but after its time."""
    MISSED = "missed"
    """Its time is over, and nothing tells that it was done."""
    UNKNOWN = "unknown"
    """Its time is over, and nobody ever tells of such things: no event of that sort was ever sent."""


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply that a customer got, from the assistant or an agent.

    `id` is that of the answer or of the turn, `answer_id` that of the question that it follows, empty without one.
    `customer` is whose conversation it is, empty if not told.
    """

    id: str
    conversation_id: str
    position: int
    role: Role
    text: str
    said_at: datetime
    language: str = ""
    agent: str = ""
    team: str = ""
    answer_id: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class KeptReplyFinding:
    """A finding of a check, without its words: those are the reply's at `span`."""

    rule: CheckRule
    id: str
    severity: Severity
    span: Span


@dataclass(frozen=True, slots=True)
class TrackedPromise:
    """A promise at `span` of a reply that falls due at a moment.

    `standing` is how it compares with the policies, `settled_at` when what was promised came to pass.
    """

    id: str
    reply_id: str
    matter: PromiseMatter
    span: Span
    due: datetime
    standing: PromiseStanding
    state: PromiseState = PromiseState.OPEN
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckedReply:
    """A reply with what the checks found in it; its `text` is empty where only the findings were asked for."""

    reply: SentReply
    verdict: Verdict
    findings: tuple[KeptReplyFinding, ...] = ()
    promises: tuple[TrackedPromise, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation ended: mean satisfaction, and whether the problem is solved; None where nothing tells."""

    csat: float | None = None
    solved: bool | None = None


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """Figures over replies, and over the conversations that they stand in.

    `findings` counts them by rule, `promises` by state. `csat` is the mean of conversations, `solved` the share of the
    `told` conversations of which it is known; None without any.
    """

    replies: int = 0
    conversations: int = 0
    warned: int = 0
    blocked: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    promises: Mapping[PromiseState, int] = field(default_factory=dict)
    csat: float | None = None
    solved: float | None = None
    told: int = 0

    @property
    def kept(self) -> float | None:
        """The share of promises kept in time among those whose end is known."""
        ended = sum(self.promises.get(state, 0) for state in _ENDED)
        return self.promises.get(PromiseState.KEPT, 0) / ended if ended else None


_ENDED = (PromiseState.KEPT, PromiseState.LATE, PromiseState.MISSED)


@dataclass(frozen=True, slots=True)
class QualityGroup:
    """The figures of an agent, a team or a topic; the id is empty for replies of none."""

    id: str
    name: str
    figures: QualityFigures


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The quality of a period: of all replies, of the assistant's, of people's, and by agent, team and topic."""

    period: Period
    total: QualityFigures
    assistant: QualityFigures
    people: QualityFigures
    agents: tuple[QualityGroup, ...] = ()
    teams: tuple[QualityGroup, ...] = ()
    topics: tuple[QualityGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyFilter:
    """Which checked replies are meant; what is empty or None says nothing."""

    agent: str | None = None
    team: str | None = None
    topic_id: str | None = None
    rule: CheckRule | None = None
    verdict: Verdict | None = None
    promise: PromiseState | None = None


@dataclass(frozen=True, slots=True)
class ShownReply:
    """A checked reply as it is listed; its topic is empty for none."""

    checked: CheckedReply
    topic_id: str = ""
