"""Keeping what was read out of customers' questions: their groups, and which question is in which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.insights import (
        AskedQuestion,
        ClusterKind,
        Failure,
        GapMatch,
        HeatCell,
        Period,
        QuestionFilter,
        Rates,
        ReadQuestion,
    )
    from engine.ports.embedding import Vector

__all__ = ["Cluster", "GroupCounts", "GroupSize", "InsightRepository", "KeptQuestion"]


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """A group of questions: the middle of their vectors by the first and the second embedder.

    `size` is how many questions there were when it was made or looked at last, `match` what is known of a gap.
    """

    id: str
    kind: ClusterKind
    name: str
    terms: tuple[str, ...]
    first: Vector
    second: Vector
    size: int
    made_at: datetime
    match: GapMatch | None = None


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What became of the questions of a group in a period, and in which languages they were asked."""

    rates: Rates
    languages: dict[str, int]
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many questions a group has, and of how many conversations."""

    questions: int
    conversations: int


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question that was read, with its groups (empty for none) and its failures, the costliest first."""

    asked: AskedQuestion
    level: int
    topic_id: str
    gap_id: str
    csat: float | None
    failures: tuple[Failure, ...]


class InsightRepository(Protocol):
    """What was read of the questions of knowledge bases; it goes with their conversations."""

    def unread(self, knowledge_base: str, limit: int) -> tuple[AskedQuestion, ...]:
        """Return questions that were not read yet, the oldest first."""
        ...

    def count(self, knowledge_base: str) -> tuple[int, int]:
        """Return how many questions there are, and how many of them were not read yet."""
        ...

    def read(self, knowledge_base: str, questions: Sequence[ReadQuestion], *, asked_again: Sequence[str] = ()) -> None:
        """Remember questions as read, in no group; `asked_again` are ids of those whose customer had to ask again."""
        ...

    def ungrouped(
        self, knowledge_base: str, kind: ClusterKind, limit: int, *, tried: bool = False
    ) -> tuple[AskedQuestion, ...]:
        """Return questions in no group of a kind, the newest first: those that were `tried` in vain, or the others.

        For gaps they are questions that failed.
        """
        ...

    def population(self, knowledge_base: str, kind: ClusterKind) -> int:
        """Return how many questions belong into groups of a kind."""
        ...

    def members(self, knowledge_base: str, kind: ClusterKind) -> dict[str, str]:
        """Return the group of each question that belongs into one of a kind, empty for none, the oldest first."""
        ...

    def newest(self, knowledge_base: str, limit: int) -> tuple[str, ...]:
        """Return the texts of the newest questions."""
        ...

    def texts(self, answer_ids: Sequence[str]) -> tuple[AskedQuestion, ...]:
        """Return these questions, in any order; those that are not there are left out."""
        ...

    def group(self, kind: ClusterKind, groups: Mapping[str, str]) -> None:
        """Put questions into groups, by their ids; into none with an empty one."""
        ...

    def vectors(self, answer_ids: Sequence[str], model: str) -> Mapping[str, Vector]:
        """Return what a model made of these questions, where it is kept; empty vectors where it understood nothing."""
        ...

    def keep_vectors(self, knowledge_base: str, model: str, vectors: Mapping[str, Vector], *, newest: int) -> None:
        """Keep vectors of those among the `newest` questions without a topic; all others are let go."""
        ...

    def clusters(self, knowledge_base: str, kind: ClusterKind) -> tuple[Cluster, ...]:
        """Return the groups of a kind, the oldest first."""
        ...

    def put_clusters(
        self, knowledge_base: str, clusters: Sequence[Cluster], *, merged: Mapping[str, str] | None = None
    ) -> None:
        """Keep groups; those that are `merged` into others are removed, and their questions go there."""
        ...

    def counts(self, knowledge_base: str, kind: ClusterKind, period: Period) -> Mapping[str, GroupCounts]:
        """Return what became of the questions of each group; those in none have an empty id."""
        ...

    def sizes(self, knowledge_base: str, kind: ClusterKind, until: datetime) -> Mapping[str, GroupSize]:
        """Return how many questions each group has that were asked before a moment."""
        ...

    def failures(self, knowledge_base: str, period: Period) -> Mapping[str, Mapping[Failure, int]]:
        """Return how often the questions of each gap failed, each question by its costliest failure."""
        ...

    def days(self, knowledge_base: str, period: Period, *, topic_id: str | None = None) -> Mapping[date, int]:
        """Return how many questions each day (UTC) brought, of a topic or of all; days without any are left out."""
        ...

    def heat(self, knowledge_base: str, period: Period) -> tuple[HeatCell, ...]:
        """Return how many questions of each topic had each level, by day (UTC)."""
        ...

    def questions(
        self, knowledge_base: str, filter: QuestionFilter, *, after: str = "", limit: int | None = None
    ) -> tuple[KeptQuestion, ...]:
        """Return questions, the newest first, all that are older than that of the id `after`, which must be there."""
        ...

    def kept(self, answer_ids: Sequence[str]) -> tuple[KeptQuestion, ...]:
        """Return what was read of these questions, in any order; those that were not read are left out."""
        ...

    def replies(self, gap_id: str, limit: int) -> tuple[str, ...]:
        """Return what agents sent in place of answers to the questions of a gap, the newest first."""
        ...
