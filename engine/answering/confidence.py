"""How sure the engine is that the passages hold the answer: a logistic model of a few signals, no single raw score.

The coefficients were fitted by `python -m evals.fit_confidence` on one seeded half of the questions of XQuAD-R in
English, Chinese, German and Spanish, each question with and without the passage that holds its answer; those for an
answer in another language than the question's on the same questions against passages of another of these languages.
The intercept of the first was then fitted on half of the sample's golden questions: customers name things less
precisely than the writers of reading tests.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.extract import Extraction
from engine.answering.wording import wording_share
from engine.domain.search import Passage
from engine.languages.kinship import Kinship, kinship
from engine.languages.terms import terms
from engine.retrieval.sparse import KIND_WEIGHTS

__all__ = ["ACROSS", "WITHIN", "Model", "Signals", "confidence", "model_for", "signals"]

PASSAGES = 20  # compared with each other; more change nothing
TYPICAL_COSINE = 0.6  # of a question and the passage found for it
TYPICAL_LATE = 0.55  # relevance of a passage or sentence, by late interaction


@dataclass(frozen=True, slots=True)
class Signals:
    """What confidence is made of, each without a unit.

    `passage`: weighed share of the question's terms in the best passage, 0..1. `sentence`: the same for the sentence
    that answers, 0..1. `lead`: ln of the best fused score over the mean of the next five. `strength`: BM25 of the best
    passage per term of the question, function words included, as ln(1 + x). `wording`: see `wording_share`, 0..1.
    `cosine`: of question and best passage above TYPICAL_COSINE; 0 where the question was not embedded. `late`: what
    the reranker makes of the best passage, above TYPICAL_LATE; 0 without one. `quote`: the same for the sentence that
    answers.
    """

    passage: float = 0.0
    sentence: float = 0.0
    lead: float = 0.0
    strength: float = 0.0
    wording: float = 0.0
    cosine: float = 0.0
    late: float = 0.0
    quote: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of the signals."""

    intercept: float
    coefficients: Signals


WITHIN = Model(
    -1.93,
    Signals(
        passage=0.041, sentence=0.643, lead=0.398, strength=1.599, wording=1.911, cosine=1.11, late=1.872, quote=0.641
    ),
)
ACROSS = Model(-0.301, Signals(sentence=1.58, lead=1.989, cosine=1.836, late=0.901, quote=1.58))


def model_for(language: str, passages: Sequence[Passage]) -> Model:
    """Return the model for the language (BCP 47) of a question and that of the best passage found for it.

    ACROSS relies on the reranker; without one, WITHIN finds hardly a word of another language: the safer error.
    """
    across = (
        passages and "late" in passages[0].scores and kinship(language, passages[0].language) is not Kinship.LANGUAGE
    )
    return ACROSS if across else WITHIN


def signals(question: str, language: str, passages: Sequence[Passage], extraction: Extraction) -> Signals:
    """Measure the signals on retrieved passages, best first, and what was extracted; all zero without passages."""
    if not passages:
        return Signals()
    compared = passages[:PASSAGES]
    texts = [" ".join((p.title, *p.section, p.text)) for p in compared]
    bags = [term_set(text, p.language) for text, p in zip(texts, compared, strict=True)]
    best = compared[0]
    return Signals(
        passage=QuestionTerms.among(question, language, bags).coverage(bags[0]),
        sentence=extraction.coverage,
        lead=_lead([max(p.score, 0.0) for p in compared[:6]]),
        strength=math.log1p(max(best.scores.get("sparse", 0.0), 0.0) / max(1.0, _weight(question, language))),
        wording=wording_share(question, texts),
        cosine=best.scores["dense"] - TYPICAL_COSINE if "dense" in best.scores else 0.0,
        late=best.scores["late"] - TYPICAL_LATE if "late" in best.scores else 0.0,
        quote=0.0 if extraction.late is None else extraction.late - TYPICAL_LATE,
    )


def _lead(scores: Sequence[float]) -> float:
    """Return ln of the first score over the mean of the others, each plus 1; 0 where there is nothing to lead."""
    best, *following = scores
    mean = sum(following) / max(1, len(following))
    return max(math.log((1 + best) / (1 + mean)), 0.0) if following else 0.0


def _weight(question: str, language: str) -> float:
    """Return how many words the question amounts to, terms counted as BM25 weighs them."""
    counted = terms(question, language)
    return sum(weight * sum(counted.of(kind).values()) for kind, weight in KIND_WEIGHTS.items())


def confidence(found: Signals, model: Model = WITHIN) -> float:
    """Return the probability, 0..1, that the answer stands in the passages."""
    weighed = zip(astuple(model.coefficients), astuple(found), strict=True)
    logit = model.intercept + sum(a * b for a, b in weighed)
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
