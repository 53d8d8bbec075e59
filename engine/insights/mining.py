"""Mine proposals: group observations that ask the same, choose what most agents say, match it with the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engine.answering.coverage import QuestionTerms, content_set, term_set
from engine.answering.polarity import contradicts
from engine.domain.knowledge import Span, stable_id
from engine.domain.proposals import Evidence, Observation, Place, Proposal, ProposalKind, ProposalState
from engine.insights.statements import Statement, disagree
from engine.languages.kinship import Kinship, kinship
from engine.ports import Vector

__all__ = ["Matched", "Matching", "agree", "grouped", "mined"]

SAME_QUESTION = 0.72
"""Cosine of questions that ask the same."""
SAME_ANSWER = 0.3  # of the terms of the shorter of two answers without values, that they share

Embed = Callable[[Sequence[str]], Vector]


@dataclass(frozen=True, slots=True)
class Matched:
    """How an answer stands with the knowledge, and the place there that it would change."""

    kind: ProposalKind
    place: Place | None = None


Matching = Callable[[Observation], Matched]
"""Finds out how what a chosen observation says stands with the knowledge."""


def mined(
    knowledge_base: str, observations: Iterable[Observation], *, embed: Embed, match: Matching, now: datetime
) -> Iterator[Proposal]:
    """Yield a proposal for each group of observations, its question and answer in the words of one of them."""
    for group in grouped(sorted(observations, key=lambda each: each.id), embed):
        chosen = _chosen(group)
        evidence = tuple(Evidence(each, agree(chosen, each)) for each in group)
        matched = match(chosen)
        yield Proposal(
            id=stable_id("proposal", knowledge_base, group[0].id),
            knowledge_base=knowledge_base,
            kind=matched.kind,
            state=ProposalState.PROPOSED,
            language=chosen.language,
            question=chosen.question,
            answer=chosen.answer,
            confidence=_confidence(evidence),
            evidence=evidence,
            created_at=now,
            changed_at=now,
            access=chosen.access,
            place=matched.place,
        )


def grouped(observations: Sequence[Observation], embed: Embed) -> list[list[Observation]]:
    """Return the observations in groups that ask the same in one language, for the same readers.

    Each joins the group whose mean is nearest, if that is near enough; the order in which they come decides ties.
    """
    if not observations:
        return []
    vectors = np.asarray(embed([each.question for each in observations]))
    groups: list[list[int]] = []
    for at, one in enumerate(observations):
        near = [(_nearness(vectors, at, group), group) for group in groups if _alike(observations[group[0]], one)]
        best, group = max(near, key=lambda each: each[0], default=(0.0, []))
        if best >= SAME_QUESTION:
            group.append(at)
        else:
            groups.append([at])
    return [[observations[at] for at in group] for group in groups]


def agree(one: Observation, other: Observation) -> bool:
    """Tell whether two answers to the same question say the same: the same values, or enough of the same words."""
    ours, theirs = (Statement(each.answer, each.language, Span(0, len(each.answer))) for each in (one, other))
    if disagree(ours.values, theirs.values) or contradicts(one.answer, [other.answer], one.language):
        return False
    if ours.values.keys() & theirs.values.keys():
        return True
    terms = [content_set(each.answer, each.language) for each in (one, other)]
    fewer = min(map(len, terms))
    return fewer > 0 and len(terms[0] & terms[1]) >= SAME_ANSWER * fewer


def _nearness(vectors: Vector, at: int, group: Sequence[int]) -> float:
    return float(vectors[at] @ vectors[list(group)].mean(axis=0))


def _alike(one: Observation, other: Observation) -> bool:
    return one.access == other.access and kinship(one.language, other.language) is Kinship.LANGUAGE


def _chosen(group: Sequence[Observation]) -> Observation:
    """Return the observation that most others agree with; of those, the one whose question has most in common."""
    return max(group, key=lambda each: (sum(agree(each, other) for other in group), _typical(each, group)))


def _typical(one: Observation, group: Sequence[Observation]) -> float:
    """Return how much of what others asked and were answered stands in an observation's question and answer."""
    pairs = ((one.question, other.question) for other in group), ((one.answer, other.answer) for other in group)
    return sum(_share(known, said, one.language) for both in pairs for known, said in both)


def _share(known: str, said: str, language: str) -> float:
    return QuestionTerms.among(said, language, ()).coverage(term_set(known, language))


def _confidence(evidence: Sequence[Evidence]) -> float:
    """Return the share of agents that say so, as Krichevsky and Trofimov estimate it: (a + 1/2) / (n + 1)."""
    return (sum(each.agrees for each in evidence) + 0.5) / (len(evidence) + 1)
