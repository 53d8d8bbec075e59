"""What customers' questions tell: the verbs over one engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Final

from engine.domain.insights import (
    ClusterKind,
    Expected,
    Gap,
    HeatCell,
    Period,
    QuestionFilter,
    ReadingReport,
    Topic,
)
from engine.domain.webhook import Notice, WebhookEvent
from engine.embedding.static import StaticEmbedder
from engine.errors import Misconfigured
from engine.insights.clustering_over_time import Grouping
from engine.insights.clustering_text import PointEncoder, TellingEncoder, matter
from engine.insights.forecast import expected, series
from engine.insights.gaps import gaps, is_gap
from engine.insights.gaps_matching import GapComparing, GapMatcher
from engine.insights.heatmap import Interval, heat_map
from engine.insights.topics import topics
from engine.insights.topics_reading import QuestionReader
from engine.ports import MoodReader
from engine.ports.insights import Cluster, InsightRepository, KeptQuestion
from engine.service import Engine

__all__ = ["MANY", "QuestionInsights"]

MANY: Final = 1_000_000  # questions in one run
CORPUS: Final = 1000  # questions that tell what words are common
HISTORY: Final = timedelta(days=366)
_RUN = threading.Lock()


@contextmanager
def _forgetting() -> Iterator[None]:
    """Leave nothing of what customers wrote in memory."""
    try:
        yield
    finally:
        matter.cache_clear()


class QuestionInsights:
    """Reads the questions of knowledge bases, and tells what they are about; safe to use from several threads.

    `encoding` gives what turns questions into points, for as long as one run takes.
    """

    def __init__(
        self,
        engine: Engine,
        moods: MoodReader,
        encoding: Callable[[], AbstractContextManager[PointEncoder]],
        bundled: StaticEmbedder,
    ) -> None:
        self._engine = engine
        self._encoding = encoding
        self._bundled = bundled
        self._moods = moods

    @property
    def repository(self) -> InsightRepository:
        """What was read; Misconfigured where nothing is kept, as for somebody who sees only some documents."""
        if self._engine.parts.insights is None:
            raise Misconfigured("This engine keeps no insights.", remedy="Build it with engine.assembly.build_engine.")
        return self._engine.parts.insights

    def update(
        self, knowledge_base: str, *, now: datetime | None = None, rebuild: bool = False, limit: int = MANY
    ) -> ReadingReport:
        """Read at most `limit` new questions, group them, and match new gaps; a second run has nothing to do.

        One run at a time works in a process. Webhooks are told of each new gap once.
        """
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        at = now or datetime.now(UTC)
        with _RUN, _forgetting(), self._encoding() as encoder:
            read = QuestionReader(self.repository, self._moods, encoder).read(knowledge_base, limit)
            telling = TellingEncoder(self._bundled, self._corpus(knowledge_base))
            about, lacking = (
                Grouping(self.repository, points, knowledge_base, kind).update(at, rebuild=rebuild)
                for kind, points in ((ClusterKind.TOPIC, encoder), (ClusterKind.GAP, telling))
            )
            found = self._matched(knowledge_base, telling, at)
        _, left = self.repository.count(knowledge_base)
        return ReadingReport(
            read=read,
            left=left,
            topics=len(self.repository.clusters(knowledge_base, ClusterKind.TOPIC)),
            gaps=found,
            new_topics=about.new,
            new_gaps=lacking.new,
            merged={**about.merged, **lacking.merged},
            rebuilt=about.rebuilt,
        )

    def topics(self, knowledge_base: str, period: Period, *, limit: int = 50) -> tuple[Topic, ...]:
        """Return what was asked in a period, what was asked most first."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        return topics(self.repository, knowledge_base, period, limit=limit)

    def names(self, knowledge_base: str) -> dict[str, str]:
        """Return the names of all topics, by their ids."""
        return {each.id: each.name for each in self.repository.clusters(knowledge_base, ClusterKind.TOPIC)}

    def gaps(self, knowledge_base: str, period: Period, *, limit: int = 50) -> tuple[Gap, ...]:
        """Return what was lacking in a period, what cost most first."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        return gaps(self.repository, knowledge_base, period, limit=limit)

    def heat_map(self, knowledge_base: str, period: Period, interval: Interval) -> tuple[HeatCell, ...]:
        """Return how customers felt about each topic, by time."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        return heat_map(self.repository, knowledge_base, period, interval)

    def questions(
        self, knowledge_base: str, wanted: QuestionFilter, *, after: str = "", limit: int = 50
    ) -> tuple[KeptQuestion, ...]:
        """Return the questions behind a topic, a gap or a cell of the heat map, the newest first."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        return self.repository.questions(knowledge_base, wanted, after=after, limit=limit)

    def forecast(
        self, knowledge_base: str, *, days: int = 7, topic_id: str | None = None, now: datetime | None = None
    ) -> tuple[Expected, ...]:
        """Return what today and the days after it bring, of a topic or of all; a year before today is looked at."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        today = datetime.combine((now or datetime.now(UTC)).astimezone(UTC).date(), time(), UTC)
        counts = self.repository.days(knowledge_base, Period(today - HISTORY, today), topic_id=topic_id)
        first = min(counts, default=today.date())
        daily = series(counts, first, today.date() - timedelta(days=1))
        return expected(daily, begin=today.date(), days=days)

    def _corpus(self, knowledge_base: str) -> list[str]:
        """Return the newest questions, which tell what words are common."""
        return [matter(text) for text in self.repository.newest(knowledge_base, CORPUS)]

    def _matched(self, knowledge_base: str, telling: PointEncoder, now: datetime) -> int:
        """Match the gaps that are new, have grown, or whose knowledge base has changed; return how many gaps are."""
        sizes = self.repository.sizes(knowledge_base, ClusterKind.GAP, now + timedelta(days=1))
        generation = self._engine.parts.knowledge.generation(knowledge_base)
        known = [each for each in self.repository.clusters(knowledge_base, ClusterKind.GAP) if each.id in sizes]
        match = GapComparing(self.repository, GapMatcher(self._engine, self.repository), telling, knowledge_base)
        changed = []
        for each in known:
            size = sizes[each.id].questions
            if each.match is None or each.match.generation != generation or size >= 1.2 * each.match.size:
                changed.append(match.matched(each, size))
        self.repository.put_clusters(knowledge_base, changed)
        after = {**{each.id: each for each in known}, **{each.id: each for each in changed}}
        found = [each for each in after.values() if is_gap(sizes[each.id].conversations, each.match)]
        for each in found:
            self._announce(knowledge_base, each, sizes[each.id].questions, now)
        return len(found)

    def _announce(self, knowledge_base: str, gap: Cluster, questions: int, now: datetime) -> None:
        webhooks = self._engine.parts.webhooks
        if webhooks is None or gap.match is None:
            return
        data: dict[str, str | int] = {
            "gap_id": gap.id,
            "knowledge_base": knowledge_base,
            "questions": questions,
            "cause": gap.match.cause.value,
        }
        webhooks.announce(Notice(WebhookEvent.GAP_FOUND, gap.id, now.timestamp(), data))
