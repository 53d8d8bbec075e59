"""How sure the engine is that the passages hold the answer: a logistic model of a few signals, no single raw score.

The coefficients were fitted by `python -m evals.fit_confidence` on one seeded half of the questions of XQuAD-R in
English, Chinese, German and Spanish, each question with and without the passage that holds its answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.wording import wording_share
from engine.domain.search import Passage
from engine.languages.terms import terms
from engine.retrieval.sparse import KIND_WEIGHTS

__all__ = ["COEFFICIENTS", "INTERCEPT", "Signals", "confidence", "signals"]

PASSAGES = 20  # compared with each other; more change nothing
TYPICAL_COSINE = 0.6  # of a question and the passage found for it, all-MiniLM-L6-v2


@dataclass(frozen=True, slots=True)
class Signals:
    """What confidence is made of, each without a unit.

    `passage`: weighed share of the question's terms in the best passage, 0..1. `sentence`: the same for the sentence
    that answers, 0..1. `lead`: ln of the best fused score over the mean of the next five. `strength`: BM25 of the best
    passage per term of the question, function words included, as ln(1 + x). `wording`: see `wording_share`, 0..1.
    `cosine`: of question and best passage above TYPICAL_COSINE; 0 where the question was not embedded.
    """

    passage: float
    sentence: float
    lead: float
    strength: float
    wording: float
    cosine: float


INTERCEPT = -2.88
COEFFICIENTS = Signals(passage=0.753, sentence=0.892, lead=0.47, strength=1.978, wording=2.51, cosine=2.685)


def signals(question: str, language: str, passages: Sequence[Passage], *, sentence_coverage: float) -> Signals:
    """Measure the signals on retrieved passages, best first; all zero without passages."""
    if not passages:
        return Signals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    compared = passages[:PASSAGES]
    texts = [" ".join((p.title, *p.section, p.text)) for p in compared]
    bags = [term_set(text, p.language) for text, p in zip(texts, compared, strict=True)]
    best, following = compared[0], [max(p.score, 0.0) for p in compared[1:6]]
    mean = sum(following) / max(1, len(following))
    lead = math.log((1 + max(best.score, 0.0)) / (1 + mean)) if following else 0.0
    return Signals(
        passage=QuestionTerms.among(question, language, bags).coverage(bags[0]),
        sentence=sentence_coverage,
        lead=max(lead, 0.0),
        strength=math.log1p(max(best.scores.get("sparse", 0.0), 0.0) / max(1.0, _weight(question, language))),
        wording=wording_share(question, texts),
        cosine=best.scores["dense"] - TYPICAL_COSINE if "dense" in best.scores else 0.0,
    )


def _weight(question: str, language: str) -> float:
    """Return how many words the question amounts to, terms counted as BM25 weighs them."""
    counted = terms(question, language)
    return sum(weight * sum(counted.of(kind).values()) for kind, weight in KIND_WEIGHTS.items())


def confidence(found: Signals) -> float:
    """Return the probability, 0..1, that the answer stands in the passages."""
    logit = INTERCEPT + sum(a * b for a, b in zip(astuple(COEFFICIENTS), astuple(found), strict=True))
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
