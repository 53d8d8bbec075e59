"""What people think of answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.domain.exchange import Exchange

__all__ = ["Feedback", "FeedbackFilter", "GivenFeedback", "Review", "Verdict"]


class Verdict(StrEnum):
    """What became of an answer: sent as it was, sent after changes, not used, or the end of the customer's problem."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """Feedback as it is sent: a `verdict`, a `csat` (customer satisfaction, 1 to 5), or both.

    `answer_id` is empty for the newest answer of the conversation, `id` for one that is made from all the rest, and
    `knowledge_base` where the conversation's own will do.
    """

    conversation_id: str
    answer_id: str = ""
    knowledge_base: str = ""
    verdict: Verdict | None = None
    edited_text: str = ""
    csat: int | None = None
    comment: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback as it is kept; `edited_text` is what was sent in place of the answer."""

    id: str
    answer_id: str
    verdict: Verdict | None
    edited_text: str
    csat: int | None
    comment: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Feedback with the exchange that it is about."""

    feedback: Feedback
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """Which feedback is meant; what is empty or None says nothing. `since` and `until` (excluded) are with a zone."""

    knowledge_base: str = ""
    conversation_id: str = ""
    verdicts: tuple[Verdict, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
