"""How well a desk serves: the verbs over one engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from engine.domain.insights import Period
from engine.domain.quality import PromiseState, QualityReport, ReplyFilter, ShownReply
from engine.errors import NotFound
from engine.guard.personal_data import scrub
from engine.insights.quality.checking import ReplyReader
from engine.insights.quality.digest import Digest, MissedPromise
from engine.insights.quality.keeping import PromiseKeeping
from engine.insights.quality.reporting import chosen, report
from engine.insights.questions import MANY, QuestionInsights
from engine.service import Engine

__all__ = ["ServiceQuality"]

DIGEST_TOPICS: Final = 10
DIGEST_GAPS: Final = 5
DIGEST_PROMISES: Final = 20
LOOK_BACK: Final = timedelta(days=60)  # before a week; promises that fall due in it are seldom older
MISSED: Final = frozenset({PromiseState.MISSED, PromiseState.LATE})
_RUN = threading.Lock()


class ServiceQuality:
    """Checks the replies of knowledge bases and reports on them; safe to use from several threads."""

    def __init__(self, engine: Engine, questions: QuestionInsights) -> None:
        self._engine = engine
        self._questions = questions

    def update(self, knowledge_base: str, *, now: datetime | None = None, limit: int = MANY) -> int:
        """Check at most `limit` new replies and bring promises up to date; return how many replies were checked."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        quality = self._engine.desk.quality
        with _RUN:
            read = ReplyReader(quality, self._engine.checks).read(knowledge_base, limit)
            keeping = PromiseKeeping(quality, self._engine.desk.events, self._engine.parts.conversations)
            keeping.settle(knowledge_base, now or datetime.now(UTC))
        return read

    def report(self, knowledge_base: str, period: Period) -> QualityReport:
        """Return how well the replies of a period were."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        quality = self._engine.desk.quality
        replies, outcomes = quality.replies(knowledge_base, period), quality.outcomes(knowledge_base, period)
        return report(period, replies, outcomes, self._questions.names(knowledge_base))

    def replies(
        self, knowledge_base: str, period: Period, wanted: ReplyFilter, *, after: str = "", limit: int = 50
    ) -> tuple[ShownReply, ...]:
        """Return the replies behind a figure, the newest first, those that are older than that of the id `after`."""
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        found = chosen(self._engine.desk.quality.replies(knowledge_base, period), wanted)
        if after:
            places = [place for place, each in enumerate(found, 1) if each.checked.reply.id == after]
            if not places:
                raise NotFound("There is no such reply.", remedy="Begin again without a cursor.")
            found = found[places[0] :]
        return tuple(found[:limit])

    def digest(self, knowledge_base: str, period: Period) -> Digest:
        """Return what is told of a period, beside the one before: quality, promises missed, topics and gaps."""
        now, before = (self.report(knowledge_base, each) for each in (period, period.before))
        return Digest(
            now,
            before,
            tuple(self._missed(knowledge_base, period)),
            self._questions.topics(knowledge_base, period, limit=DIGEST_TOPICS),
            self._questions.gaps(knowledge_base, period, limit=DIGEST_GAPS),
        )

    def _missed(self, knowledge_base: str, period: Period) -> Iterator[MissedPromise]:
        """Yield the promises that fell due in a period and were missed or kept late, the newest first."""
        made = Period(period.since - LOOK_BACK, period.until)
        found = [
            (shown, promise)
            for shown in self._engine.desk.quality.replies(knowledge_base, made)
            for promise in shown.checked.promises
            if promise.state in MISSED and period.since <= promise.due < period.until
        ][:DIGEST_PROMISES]
        texts = self.texts(tuple(shown for shown, _ in found))
        for shown, promise in found:
            reply = shown.checked.reply
            words = scrub(promise.span.of(texts.get(reply.id, "")), reply.language).text
            yield MissedPromise(shown, promise, words)

    def texts(self, shown: tuple[ShownReply, ...]) -> Mapping[str, str]:
        """Return the texts of replies by their ids."""
        return self._engine.desk.quality.texts([each.checked.reply for each in shown])
