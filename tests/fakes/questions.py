"""A desk whose customers ask about a few things, with a database behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Engine

from engine.assist.triage.kernel import Points
from engine.domain.answer import AbstentionReason
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, Verdict
from engine.domain.insights import AskedQuestion, ClusterKind, ReadQuestion
from engine.domain.knowledge import KnowledgeBase
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.insights import SqlInsightRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports.embedding import Vector
from engine.ports.insights import Cluster
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import database, exchange

__all__ = ["MATTERS", "NOON", "HashPoints", "KeptDesk", "cluster", "kept_desk", "opinion"]

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
MATTERS = {
    "parcel": "Where is my parcel number {n}, the parcel is late",
    "kettle": "The kettle leaks water at the lid, kettle {n}",
    "invoice": "Please send the invoice {n} with our company invoice address",
}


class HashPoints:
    """Turns questions into points without a model: those that share trigrams are alike."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    second_model = ""

    def points(self, texts: Sequence[str], *, seconds: Mapping[int, Vector] | None = None) -> Points:
        self.texts += texts
        first = HashEmbedder(128).embed_passages(texts).reshape(len(texts), 128)
        return Points(first, np.zeros((len(texts), 1), dtype=np.float32))


class KeptDesk:
    """Keeps what customers ask, by short ways to say it; `insights` reads it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.insights = SqlInsightRepository(engine)
        self.conversations = SqlConversationRepository(engine)
        self.feedback = SqlFeedbackRepository(engine)
        self._hours = 0
        for name in ("kb", "other"):
            SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase(name))

    def ask(
        self,
        text: str,
        *,
        conversation: str = "",
        told: TurnAction | None = None,
        to_person: bool = False,
        **fields: object,
    ) -> Exchange:
        """Keep a question an hour after the one before, in a conversation of its own unless one is named."""
        self._hours += 1
        asked = exchange(
            f"a{self._hours:04}",
            conversation=conversation or f"c{self._hours:04}",
            question=text,
            standalone=text,
            created_at=NOON + timedelta(hours=self._hours),
            abstained=AbstentionReason.NO_EVIDENCE if told is TurnAction.ABSTAIN else None,
        )
        asked = replace(asked, **fields)  # type: ignore[arg-type]
        said = Turn(Role.CUSTOMER, text, TurnAction.HANDOFF if to_person else None)
        turns = (said, Turn(Role.ASSISTANT, "So it is.", told))
        self.conversations.append(asked.conversation_id, turns, exchange=asked, customer=f"of {asked.conversation_id}")
        return asked

    def ask_many(self, count: int, *matters: str, told: TurnAction | None = None) -> list[Exchange]:
        """Keep so many questions about each matter."""
        return [self.ask(MATTERS[each].format(n=n), told=told) for n in range(count) for each in matters]

    def read(self, levels: Sequence[int] = (3,)) -> tuple[AskedQuestion, ...]:
        """Read all that is unread, with these moods in turn."""
        asked = self.insights.unread("kb", 1000)
        read = [ReadQuestion(each, levels[at % len(levels)], True) for at, each in enumerate(asked)]
        self.insights.read("kb", read)
        return asked

    def rate(self, answer_id: str, csat: int | None = None, verdict: Verdict | None = None) -> None:
        """Keep feedback on an answer."""
        self.feedback.add(opinion(answer_id, csat, verdict))


def opinion(answer_id: str, csat: int | None = None, verdict: Verdict | None = None, edited: str = "") -> Feedback:
    """Return feedback on an answer."""
    return Feedback(f"{answer_id} {csat} {verdict} {edited}", answer_id, verdict, edited, csat, "", NOON)


def cluster(name: str, kind: ClusterKind = ClusterKind.TOPIC, *, size: int = 3, direction: int = 0) -> Cluster:
    """Return a group whose middle lies along an axis."""
    first = np.eye(4, dtype=np.float32)[direction]
    return Cluster(name, kind, name.title(), (name,), first, np.zeros(1, dtype=np.float32), size, NOON)


@contextmanager
def kept_desk() -> Iterator[KeptDesk]:
    """Give a desk that nobody has asked anything yet."""
    with database() as engine:
        yield KeptDesk(engine)
