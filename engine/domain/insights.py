"""What customers ask, what the knowledge lacks, and how they feel about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

__all__ = [
    "AskedQuestion",
    "ClusterKind",
    "Expected",
    "Failure",
    "Gap",
    "GapCause",
    "GapMatch",
    "HeatCell",
    "Period",
    "QuestionFilter",
    "Rates",
    "ReadQuestion",
    "ReadingReport",
    "Topic",
]


class ClusterKind(StrEnum):
    """What questions are grouped for: all of them by what they are about, or those that failed by what is lacking."""

    TOPIC = "topic"
    GAP = "gap"


class Failure(StrEnum):
    """How a question failed, the costliest first."""

    HANDED_OVER = "handed_over"
    REJECTED = "rejected"
    RATED_LOW = "rated_low"
    REASKED = "reasked"
    ABSTAINED = "abstained"


class GapCause(StrEnum):
    """What the knowledge base has for a gap."""

    MISSING = "missing"
    NOT_FOUND = "not_found"
    OUTDATED = "outdated"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` until `until` (excluded), both with a zone."""

    since: datetime
    until: datetime

    @property
    def before(self) -> Period:
        """The period of the same length, or as long as there is time, that ends where this one begins."""
        try:
            begin = self.since - (self.until - self.since)
        except OverflowError:
            begin = datetime.min.replace(tzinfo=UTC)
        return Period(begin, self.since)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is kept: `text` is how it stands alone.

    `to_person`: a person was in charge already. `asked_before` is the id of the customer's question before it in the
    same conversation, if that was answered or abstained from, with its text in `text_before`.
    """

    answer_id: str
    conversation_id: str
    text: str
    language: str
    asked_at: datetime
    abstained: bool = False
    handed_over: bool = False
    to_person: bool = False
    asked_before: str = ""
    text_before: str = ""


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """What is remembered of a question beside its exchange; `level` is the customer's mood, 1 to 5.

    `counted` is False for small talk and for what was said to a person.
    """

    asked: AskedQuestion
    level: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """What became of the questions of a group: shares of them, 0..1; `csat` and `level` are means, None without any."""

    questions: int
    conversations: int
    abstained: float
    handed_over: float
    csat: float | None
    level: float | None


@dataclass(frozen=True, slots=True)
class Expected:
    """How many questions a day will bring, with the interval that holds them in 9 of 10 cases."""

    day: date
    questions: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that ask the same kind of thing.

    `share` is that of all questions of the period, `before` the number of questions in the period before it, `growth`
    the relative change, None where there were none. `samples` are without personal data.
    """

    id: str
    name: str
    terms: tuple[str, ...]
    rates: Rates
    share: float
    before: int
    growth: float | None
    emerging: bool
    languages: dict[str, int]
    samples: tuple[str, ...]
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class GapMatch:
    """What the knowledge base has for a gap: the cause, and the document it was told by, if any.

    `confidence` is that of the best answer to the gap's questions, `failing` the share of questions like these that
    failed, 0..1; where that is too small for a gap, the cause was not looked for. `generation` and `size` are those of
    the knowledge base and of the gap when it was matched.
    """

    cause: GapCause
    failing: float
    document_id: str = ""
    title: str = ""
    uri: str = ""
    confidence: float = 0.0
    generation: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Failed questions that lack the same knowledge.

    `failures` counts each question by its costliest failure; `cost` adds them up, see `engine.insights.gaps.COSTS`.
    """

    id: str
    name: str
    terms: tuple[str, ...]
    questions: int
    conversations: int
    failures: dict[Failure, int]
    cost: float
    match: GapMatch
    languages: dict[str, int]
    samples: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many questions of a topic had a level in the interval that begins on `start`."""

    topic_id: str
    start: date
    level: int
    questions: int


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions are meant; what is empty or None says nothing."""

    topic_id: str = ""
    gap_id: str = ""
    level: int | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What a run did: questions read, those left for the next run, replies checked, and what is new."""

    read: int = 0
    left: int = 0
    replies: int = 0
    topics: int = 0
    gaps: int = 0
    new_topics: tuple[str, ...] = ()
    new_gaps: tuple[str, ...] = ()
    merged: dict[str, str] = field(default_factory=dict)
    rebuilt: bool = False
