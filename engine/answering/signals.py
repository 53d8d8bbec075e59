"""What tells a passage that holds the answer from the best of the rest: a few numbers without a unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.coverage import QuestionTerms, term_lookup
from engine.answering.extract import Extraction
from engine.answering.wording import Wording
from engine.domain.search import Passage
from engine.languages.terms import terms
from engine.retrieval.sparse import KIND_WEIGHTS

__all__ = ["PASSAGES", "Signals", "signals"]

PASSAGES = 20  # compared with each other; more change nothing
TYPICAL_COSINE = 0.6  # of a question and the passage found for it
TYPICAL_LATE = 0.55  # relevance of a passage, by late interaction
CONTEXT_UNIT = 10.0  # of BM25


@dataclass(frozen=True, slots=True)
class Signals:
    """What confidence is made of.

    `passage`: weighed share of the question's terms in the best passage, 0..1. `strength`: BM25 of the best passage per
    term of the question, function words included, as ln(1 + x). `close` and `pairs`: how the quotes follow the
    question's wording, see `Wording`, 0..1. `gap`: BM25 of the best passage's surroundings above that of the best other
    document's. `lead`: ln of the best fused score over the mean of the next five. `late`: what the reranker makes of
    the best passage, above TYPICAL_LATE; 0 without one. `cosine`: of question and best passage above TYPICAL_COSINE; 0
    where the question was not embedded.
    """

    passage: float = 0.0
    strength: float = 0.0
    close: float = 0.0
    pairs: float = 0.0
    gap: float = 0.0
    lead: float = 0.0
    late: float = 0.0
    cosine: float = 0.0


def signals(question: str, language: str, passages: Sequence[Passage], extraction: Extraction) -> Signals:
    """Measure the signals on retrieved passages, best first, and what was extracted; all zero without passages."""
    if not passages:
        return Signals()
    compared = passages[:PASSAGES]
    best = compared[0]
    texts = [term_lookup(p.whole, p.language) for p in compared]
    wording = Wording.among(question, [text.folded for text in texts])
    quotes = " ".join(quote.text for quote in extraction.quotes)
    return Signals(
        passage=QuestionTerms.among(question, language, texts).coverage(texts[0]),
        strength=math.log1p(max(best.scores.get("sparse", 0.0), 0.0) / max(1.0, _weight(question, language))),
        close=wording.closeness(quotes),
        pairs=wording.pairs(quotes),
        gap=_gap(compared),
        lead=_lead([max(p.score, 0.0) for p in compared[:6]]),
        late=best.scores["late"] - TYPICAL_LATE if "late" in best.scores else 0.0,
        cosine=best.scores["dense"] - TYPICAL_COSINE if "dense" in best.scores else 0.0,
    )


def _gap(passages: Sequence[Passage]) -> float:
    """Return how much better the best passage's surroundings fit than those of the best other document."""
    best, *others = passages
    scores = [p.scores.get("context", 0.0) for p in others if p.document_id != best.document_id]
    return (best.scores.get("context", 0.0) - max(scores)) / CONTEXT_UNIT if scores else 0.0


def _lead(scores: Sequence[float]) -> float:
    """Return ln of the first score over the mean of the others, each plus 1; 0 where there is nothing to lead."""
    best, *following = scores
    mean = sum(following) / max(1, len(following))
    return max(math.log((1 + best) / (1 + mean)), 0.0) if following else 0.0


def _weight(question: str, language: str) -> float:
    """Return how many words the question amounts to, terms counted as BM25 weighs them."""
    counted = terms(question, language)
    return sum(weight * sum(counted.of(kind).values()) for kind, weight in KIND_WEIGHTS.items())
