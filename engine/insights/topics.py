"""What customers ask in a period, beside the period before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from engine.domain.insights import ClusterKind, Period, QuestionFilter, Topic
from engine.insights.naming import samples
from engine.ports.insights import Cluster, GroupCounts, InsightRepository

__all__ = ["is_emerging", "topics"]

SAMPLES: Final = 5
EMERGING: Final = 2.5
"""Standard deviations by which a topic's questions must exceed what the period before makes one expect."""
FEWEST: Final = 5  # questions of an emerging topic


@dataclass(frozen=True, slots=True)
class _Before:
    """The period before: questions of each topic, and of all."""

    counts: Mapping[str, GroupCounts]
    total: int


def topics(repository: InsightRepository, knowledge_base: str, period: Period, *, limit: int) -> tuple[Topic, ...]:
    """Return the topics of a period, those with the most questions first."""
    now = repository.counts(knowledge_base, ClusterKind.TOPIC, period)
    earlier = repository.counts(knowledge_base, ClusterKind.TOPIC, period.before)
    before = _Before(earlier, _total(earlier))
    known = repository.clusters(knowledge_base, ClusterKind.TOPIC)
    asked = [each for each in known if each.id in now]
    asked.sort(key=lambda each: (-now[each.id].rates.questions, each.id))
    return tuple(
        _topic(each, now, before, _samples(repository, knowledge_base, each.id, period)) for each in asked[:limit]
    )


def is_emerging(questions: int, before: int, *, total: int, total_before: int) -> bool:
    """Tell whether a topic is asked about more than before, beyond what all questions together grew by.

    Of both periods' questions about it, the share of the new period is compared with that of all questions: the
    conditional test of two Poisson rates (Przyborowski & Wilenski 1940), by the normal approximation.
    """
    if not total_before or questions < FEWEST:
        return False
    expected = total / (total + total_before)
    both = questions + before
    return questions - both * expected > EMERGING * sqrt(both * expected * (1 - expected))


def _topic(cluster: Cluster, now: Mapping[str, GroupCounts], before: _Before, said: Sequence[str]) -> Topic:
    counts, total = now[cluster.id], _total(now)
    questions = counts.rates.questions
    earlier = before.counts[cluster.id].rates.questions if cluster.id in before.counts else 0
    return Topic(
        id=cluster.id,
        name=cluster.name,
        terms=cluster.terms,
        rates=counts.rates,
        share=questions / total,
        before=earlier,
        growth=questions / earlier - 1 if earlier else None,
        emerging=is_emerging(questions, earlier, total=total, total_before=before.total),
        languages=counts.languages,
        samples=tuple(said),
        first_seen=cluster.made_at,
    )


def _samples(repository: InsightRepository, knowledge_base: str, topic_id: str, period: Period) -> tuple[str, ...]:
    wanted = QuestionFilter(topic_id=topic_id, period=period)
    found = repository.questions(knowledge_base, wanted, limit=2 * SAMPLES)
    return samples([each.asked for each in found], SAMPLES)


def _total(counts: Mapping[str, GroupCounts]) -> int:
    return sum(each.rates.questions for each in counts.values())
