"""What the knowledge lacks: groups of questions that failed, the costliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from engine.domain.insights import ClusterKind, Failure, Gap, GapMatch, Period, QuestionFilter
from engine.insights.naming import samples
from engine.ports.insights import Cluster, GroupCounts, InsightRepository

__all__ = ["COSTS", "FAILING", "FEWEST", "cost", "failing", "gaps", "is_gap"]

COSTS: Final[Mapping[Failure, float]] = {
    Failure.HANDED_OVER: 5.0,
    Failure.REJECTED: 3.0,
    Failure.RATED_LOW: 3.0,
    Failure.REASKED: 2.0,
    Failure.ABSTAINED: 1.0,
}
"""What a failed question costs by its costliest failure, in questions that nobody answered: a person takes over a
conversation, writes an answer anew, loses a customer's good will, has the customer try twice."""
FAILING: Final = 0.35
"""Least share of the questions like those of a gap that fail; below, answers are merely imperfect. Chosen by
`knowdesk bench gaps --tune`."""
FEWEST: Final = 3  # conversations of a gap
SAMPLES: Final = 5


def is_gap(conversations: int, match: GapMatch | None) -> bool:
    """Tell whether failed questions that are alike lack something."""
    return match is not None and conversations >= FEWEST and match.failing >= FAILING


def gaps(repository: InsightRepository, knowledge_base: str, period: Period, *, limit: int) -> tuple[Gap, ...]:
    """Return the gaps of a period, those that cost most first."""
    counts = repository.counts(knowledge_base, ClusterKind.GAP, period)
    failures = repository.failures(knowledge_base, period)
    found = [
        _gap(each, each.match, counts[each.id], failures.get(each.id, {}))
        for each in repository.clusters(knowledge_base, ClusterKind.GAP)
        if each.id in counts and each.match and is_gap(counts[each.id].rates.conversations, each.match)
    ]
    found.sort(key=lambda gap: (-gap.cost, gap.id))
    return tuple(_with_samples(repository, knowledge_base, gap, period) for gap in found[:limit])


def cost(failures: Mapping[Failure, int]) -> float:
    """Return what failures cost, each question counted once."""
    return sum(COSTS[failure] * count for failure, count in failures.items())


def _gap(cluster: Cluster, match: GapMatch, counts: GroupCounts, failures: Mapping[Failure, int]) -> Gap:
    return Gap(
        id=cluster.id,
        name=cluster.name,
        terms=cluster.terms,
        questions=counts.rates.questions,
        conversations=counts.rates.conversations,
        failures=dict(failures),
        cost=cost(failures),
        match=match,
        languages=counts.languages,
        samples=(),
        first_seen=cluster.made_at,
        last_seen=counts.last_seen,
    )


def _with_samples(repository: InsightRepository, knowledge_base: str, gap: Gap, period: Period) -> Gap:
    found = repository.questions(knowledge_base, QuestionFilter(gap_id=gap.id, period=period), limit=2 * SAMPLES)
    return replace(gap, samples=samples([each.asked for each in found], SAMPLES))


def failing(failed: Sequence[float], answered: Sequence[float]) -> float:
    """Return the share of failures among questions like those of a group, by their similarities to its middle.

    Alike is what is at least as near as three quarters of the failed ones are.
    """
    if not failed:
        return 0.0
    near = sorted(failed)[len(failed) // 4]
    lost, well = sum(each >= near for each in failed), sum(each >= near for each in answered)
    return lost / (lost + well)
