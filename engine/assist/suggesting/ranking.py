"""Rank suggestions: how well each fits the question, and what became of such suggestions before.

Fit is a logistic model of a few signals, the same for all kinds but for an intercept. What was learnt shifts its
log-odds by how much more or less was accepted than the fits made one expect: of the kind, of the kind among the agent's
own group, of the thing itself, and of the thing in the group. Each rate is drawn by PRIOR_WEIGHT judgements, that of a
thing by THING_WEIGHT, towards what the level before foretells (a hierarchical beta-binomial model); the order of the
feedback makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.answering.calibration import log_odds, probability
from engine.answering.coverage import QuestionTerms, term_set
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.situation import Situation
from engine.domain.suggestion import SuggestionKind, Tally
from engine.languages.kinship import Kinship, kinship
from engine.ports import Embedder, Reranker
from engine.ports.suggestions import TallyKey

__all__ = ["PRIOR_WEIGHT", "THING_WEIGHT", "Fit", "Signals", "fitted_signals", "learnt", "likelihood"]

PRIOR_WEIGHT = 6.0
THING_WEIGHT = 30.0
"""Of a thing itself, in judgements: it is judged in few conversations, which say little about the others. Chosen by
replays as those of `knowdesk bench suggestions`, with other seeds: 6 learnt less than no memory of things at all."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a candidate fits.

    `late`: late interaction of question and context; `title`: cosine of the question and the context's first line;
    `coverage`: share of the question's terms in the context; `lead`: 1 / (1 + place among its kind); `foreign`: 1 if it
    is in another language than the customer's.
    """

    late: float
    title: float
    coverage: float
    lead: float
    foreign: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model of the signals; the intercept, and what the place tells, are those of each kind."""

    late: float
    title: float
    coverage: float
    foreign: float
    leads: Mapping[SuggestionKind, float]
    intercepts: Mapping[SuggestionKind, float]


FIT = Fit(
    late=4.05,
    title=2.30,
    coverage=1.98,
    foreign=-2.0,
    leads={SuggestionKind.CANNED: 2.24, SuggestionKind.KNOWLEDGE: 4.18, SuggestionKind.SIMILAR_CASE: 2.51},
    intercepts={SuggestionKind.CANNED: -5.67, SuggestionKind.KNOWLEDGE: -6.56, SuggestionKind.SIMILAR_CASE: -8.16},
)
"""Fitted by `python -m evals.fit_suggestions`, but for `foreign`, which keeps other languages behind."""


def fitted_signals(
    situation: Situation, candidates: Sequence[Candidate], reranker: Reranker, encoder: Embedder
) -> tuple[Signals, ...]:
    """Return the signals of candidates with a context; `encoder` is the bundled one."""
    if not candidates:
        return ()
    contexts = [each.context for each in candidates]
    titles = encoder.embed_passages([each.partition("\n")[0] for each in contexts])
    near = np.max([titles @ encoder.embed_query(query) for query in situation.queries], axis=0)
    bags = [term_set(each.context, each.language) for each in candidates]
    asked = [QuestionTerms.among(query, situation.language, bags) for query in situation.queries]
    late = [reranker.relevance(query, contexts) for query in situation.queries]
    return tuple(
        Signals(
            float(max(scores)),
            float(cosine),
            max(terms.coverage(bag) for terms in asked),
            1 / (1 + each.place),
            float(kinship(each.language, situation.language) is not Kinship.LANGUAGE),
        )
        for each, bag, cosine, *scores in zip(candidates, bags, near, *late, strict=True)
    )


def likelihood(kind: SuggestionKind, signals: Signals, fit: Fit = FIT) -> float:
    """Return the probability that a suggestion is what the agent needs, as far as its fit tells."""
    score = fit.late * signals.late + fit.title * signals.title + fit.coverage * signals.coverage
    return probability(fit.intercepts[kind] + score + fit.leads[kind] * signals.lead + fit.foreign * signals.foreign)


def learnt(fit: float, tallies: Mapping[TallyKey, Tally], group: str, kind: SuggestionKind, key: str) -> float:
    """Return the confidence in a suggestion of this fit, after what became of such suggestions."""
    shift = 0.0
    for place in dict.fromkeys((("", kind, ""), (group, kind, ""), ("", kind, key), (group, kind, key))):
        tally = tallies.get(place)
        if tally is not None:
            expected = log_odds(tally.expected / tally.judged)
            weight = THING_WEIGHT if place[2] else PRIOR_WEIGHT
            prior = weight * probability(expected + shift)
            shift = log_odds((tally.credit + prior) / (tally.judged + weight)) - expected
    return probability(log_odds(fit) + shift)
