"""Hold a gap against the knowledge base: is it missing, there but not found, outdated, or do agents say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from engine.answering.confidence import estimate
from engine.answering.extract import extract
from engine.assist.triage.kernel import Points
from engine.checks import CheckRequest
from engine.domain.answer import Citation
from engine.domain.check import PromiseStanding
from engine.domain.insights import AskedQuestion, GapCause, GapMatch, QuestionFilter
from engine.domain.search import Passage, SearchFilter
from engine.guard.injection_screen import screened
from engine.insights.clustering import cosines
from engine.insights.clustering_over_time import points_of
from engine.insights.clustering_text import PointEncoder, matter
from engine.insights.gaps import FAILING, failing
from engine.ports.insights import Cluster, InsightRepository
from engine.service import Engine

__all__ = ["GapComparing", "GapMatcher"]

ASKED: Final = 5  # questions of a gap that are looked up
PASSAGES: Final = 20  # as for an answer
EDITIONS: Final = 5  # days on which something else was in force
REPLIES: Final = 5  # of agents that are checked
COMPARED: Final = 200  # questions of a topic that a gap is compared with
TOPICS: Final = 100  # whose questions are in memory
LOOKED_AT: Final = 50  # questions of a gap


@dataclass(frozen=True, slots=True)
class _Found:
    """The best passage for a question, and how sure an answer from it is."""

    confidence: float = 0.0
    passage: Passage | None = None


class GapMatcher:
    """Looks the questions of gaps up as an answer would."""

    def __init__(self, engine: Engine, repository: InsightRepository) -> None:
        self._engine = engine
        self._repository = repository

    def match(
        self, knowledge_base: str, gap: Cluster, asked: Sequence[AskedQuestion], *, failing: float, size: int
    ) -> GapMatch:
        """Return what there is for a gap of so many questions, told by a few that are `asked`.

        What agents sent is held against the policies first; then the questions are asked of what is in force, then of
        what was in force before or will be. Where so few fail that it is no gap, nobody looks for the cause.
        """
        generation = self._engine.parts.knowledge.generation(knowledge_base)
        lacking = failing >= FAILING
        found = self._cause(knowledge_base, gap, asked[:ASKED]) if lacking else GapMatch(GapCause.MISSING, 0.0)
        return replace(found, failing=failing, generation=generation, size=size)

    def _cause(self, knowledge_base: str, gap: Cluster, asked: Sequence[AskedQuestion]) -> GapMatch:
        if contradiction := self._contradiction(knowledge_base, gap):
            return contradiction
        needed = self._engine.standard(knowledge_base).needed
        now = _middling([self._found(knowledge_base, each, SearchFilter()) for each in asked])
        if now.confidence >= needed:
            return _told(GapCause.NOT_FOUND, now)
        other = _middling([_best(self._on_other_days(knowledge_base, each)) for each in asked])
        if other.confidence >= needed:
            return _told(GapCause.OUTDATED, other)
        return replace(_told(GapCause.MISSING, now), document_id="", title="", uri="")

    def _found(self, knowledge_base: str, asked: AskedQuestion, filter: SearchFilter) -> _Found:
        engine, language = self._engine, asked.language
        found = engine.search(
            knowledge_base, asked.text, filter=filter, limit=PASSAGES, language=language, highlight=False
        )
        passages = screened(found.passages, engine.options.quarantine)
        if not passages:
            return _Found()
        reranker = engine.parts.reranker
        taken = extract(asked.text, language, passages, engine.options.extraction, reranker=reranker)
        if not taken.quotes:
            return _Found(0.0, passages[0])
        shipped = estimate(asked.text, language, passages, taken, reranker=reranker)
        return _Found(engine.standard(knowledge_base).confidence(shipped), passages[taken.quotes[0].passage])

    def _on_other_days(self, knowledge_base: str, asked: AskedQuestion) -> Iterator[_Found]:
        """Ask of documents that are not in force today, on days when they are."""
        knowledge, today = self._engine.parts.knowledge, self._engine.options.today()
        elsewhere = knowledge.out_of_force(knowledge_base, today)
        days: dict[date, list[str]] = {}
        for document_id in elsewhere:
            for version in knowledge.versions(document_id):
                if day := _day_in_force(version.effective_from, version.effective_until, today):
                    days.setdefault(day, []).append(document_id)
        for day in sorted(days, reverse=True)[:EDITIONS]:
            yield self._found(knowledge_base, asked, SearchFilter(as_of=day, document_ids=tuple(days[day])))

    def _contradiction(self, knowledge_base: str, gap: Cluster) -> GapMatch | None:
        """Return the policy that promises of most of the agents' replies contradict."""
        replies = self._repository.replies(gap.id, REPLIES)
        found = [self._against(knowledge_base, text) for text in replies]
        against = [each for each in found if each is not None]
        if not against or 2 * len(against) < len(replies):
            return None
        cited = against[0]
        return GapMatch(GapCause.CONTRADICTED, 0.0, cited.document_id, cited.title, cited.uri)

    def _against(self, knowledge_base: str, reply: str) -> Citation | None:
        """Return the place of a policy that contradicts the first promise of a reply that any contradicts."""
        judged = self._engine.checks.check(knowledge_base, CheckRequest(text=reply)).promises
        against = (each.citation for each in judged if each.standing is PromiseStanding.CONTRADICTED)
        return next(filter(None, against), None)


class GapComparing:
    """Compares gaps of a knowledge base with the questions that were answered, and has them matched."""

    def __init__(
        self, repository: InsightRepository, matcher: GapMatcher, encoder: PointEncoder, knowledge_base: str
    ) -> None:
        self._repository = repository
        self._matcher = matcher
        self._encoder = encoder
        self._knowledge_base = knowledge_base
        self._answered: Callable[[str], Points] = lru_cache(maxsize=TOPICS)(self._points_of_answered)

    def matched(self, gap: Cluster, size: int) -> Cluster:
        """Return a gap of so many questions with what there is for it."""
        found = self._repository.questions(self._knowledge_base, QuestionFilter(gap_id=gap.id), limit=LOOKED_AT)
        failed = [each.asked for each in found]
        near = _similarities(gap, self._points(failed))
        asked = [failed[at] for at in sorted(range(len(failed)), key=lambda at: -near[at])]
        topics = dict.fromkeys(each.topic_id for each in found if each.topic_id)
        beside = [alike for topic in topics for alike in _similarities(gap, self._answered(topic))]
        share = failing(near, beside)
        match = self._matcher.match(self._knowledge_base, gap, asked, failing=share, size=size)
        return replace(gap, match=match)

    def _points_of_answered(self, topic: str) -> Points:
        """Return questions of a topic that did not fail; several gaps are compared with them."""
        beside = self._repository.questions(self._knowledge_base, QuestionFilter(topic_id=topic), limit=COMPARED)
        return self._points([each.asked for each in beside if not each.failures])

    def _points(self, asked: Sequence[AskedQuestion]) -> Points:
        return self._encoder.points([matter(each.text) for each in asked])


def _similarities(gap: Cluster, points: Points) -> list[float]:
    return [float(each) for each in cosines(points, points_of([gap]))[:, 0]] if len(points) else []


def _best(found: Iterable[_Found]) -> _Found:
    return max(found, key=lambda each: each.confidence, default=_Found())


def _middling(found: Sequence[_Found]) -> _Found:
    """Return the answer that is surer than half of the others: a single one may be sure of the wrong thing."""
    order = sorted(found, key=lambda each: each.confidence)
    return order[(len(order) - 1) // 2] if order else _Found()


def _told(cause: GapCause, found: _Found) -> GapMatch:
    place = found.passage
    if place is None:
        return GapMatch(cause, 0.0)
    return GapMatch(cause, 0.0, place.document_id, place.title, place.uri, round(found.confidence, 3))


def _day_in_force(first: date | None, last: date | None, today: date) -> date | None:
    """Return a day on which a version is in force while it is not today: the last before today, else the first."""
    if last is not None and last < today:
        return last
    return first if first is not None and first > today else None
