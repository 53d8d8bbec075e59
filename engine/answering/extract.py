"""Extractive answers: the one or two sentences, or the list of steps, that best answer the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.evidence import Sentence, candidate_sentences, step_lines
from engine.answering.questions import question_types
from engine.answering.sentence_features import WEIGHTS, SentenceFeatures, judged
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.kinship import Kinship, kinship
from engine.languages.profile import QuestionType
from engine.ports import Reranker

__all__ = ["ExtractOptions", "Extraction", "Quote", "extract"]

CODE = re.compile(r"(?<![a-z0-9])(?:[a-z]{1,4}-?[0-9]{1,6}|[0-9]{3,6})(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How sentences are chosen; scores are logarithms of odds, see `engine.answering.sentence_features`.

    `transcript` is taken off a sentence of a past conversation. A second sentence adds `neighbour` if it stands beside
    the best one, and is quoted if it is at most `second_within` below it then. Chosen with `evals.fit_extraction`.
    """

    passages: int = 3
    max_sentences: int = 2
    max_steps: int = 12
    weights: SentenceFeatures = WEIGHTS
    transcript: float = 0.75
    neighbour: float = 0.5
    second_within: float = 3.0


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a passage's document that goes into the answer as it stands."""

    passage: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The quotes in the order to be read, whether they are steps, and how well the best one fits the question.

    `coverage`: share of the question's terms that stand in it, 0..1. `late`: what the reranker makes of it, if there is
    one.
    """

    quotes: tuple[Quote, ...]
    steps: bool = False
    coverage: float = 0.0
    late: float | None = None


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    score: float
    coverage: float
    late: float
    place: int


def extract(
    question: str,
    language: str,
    passages: Sequence[Passage],
    options: ExtractOptions | None = None,
    *,
    reranker: Reranker | None = None,
) -> Extraction:
    """Choose the quotes that answer `question` from the best passages; none if the passages hold no sentence."""
    chosen = options or ExtractOptions()
    considered = passages[: chosen.passages]
    scored = _score(question, language, considered, chosen, reranker)
    if not scored:
        return Extraction(())
    best = scored[0]
    late = best.late if reranker else None
    if QuestionType.HOW_TO in question_types(question, language):
        steps = _steps(considered[best.sentence.passage], best.sentence, chosen.max_steps)
        if steps:
            return Extraction(steps, steps=True, coverage=best.coverage, late=late)
    further = [s for s in scored[1:] if _goes_with(best.sentence, s.sentence, question, considered)]
    picked = [best, *_further(best, further, chosen)]
    in_order = sorted(picked, key=lambda s: s.place)
    return Extraction(
        tuple(Quote(s.sentence.passage, s.sentence.span, s.sentence.text) for s in in_order),
        coverage=best.coverage,
        late=late,
    )


def _score(
    question: str, language: str, passages: Sequence[Passage], options: ExtractOptions, reranker: Reranker | None
) -> list[_Scored]:
    """Return the sentences of the passages, best first."""
    found = judged(question, language, passages, _candidates(language, passages), reranker=reranker)
    scored = []
    for place, each in enumerate(found):
        past = passages[each.sentence.passage].kind is DocumentKind.TRANSCRIPT
        score = each.features.score(options.weights) - (options.transcript if past else 0.0)
        scored.append(_Scored(each.sentence, score, each.coverage, each.features.late, place))
    return sorted(scored, key=lambda s: (-s.score, s.place))


def _candidates(language: str, passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of the passages; if the best passage is in the question's language, only those in it."""
    sentences = candidate_sentences(passages)
    own = {place for place, each in enumerate(passages) if kinship(language, each.language) is Kinship.LANGUAGE}
    return tuple(each for each in sentences if each.passage in own) if 0 in own else sentences


def _further(best: _Scored, others: Sequence[_Scored], options: ExtractOptions) -> list[_Scored]:
    """Return what is quoted beside the best sentence: what is nearly as good, or goes on where it stops."""

    def score(other: _Scored) -> float:
        beside = other.sentence.passage == best.sentence.passage and abs(other.place - best.place) == 1
        return other.score + (options.neighbour if beside else 0.0)

    close = [other for other in others if score(other) >= best.score - options.second_within]
    return sorted(close, key=lambda other: (-score(other), other.place))[: options.max_sentences - 1]


def _goes_with(best: Sentence, other: Sentence, question: str, passages: Sequence[Passage]) -> bool:
    """Tell whether a sentence adds to the best one: in the same language, about the same codes, not the same words."""
    same_language = passages[best.passage].language == passages[other.passage].language
    first, second = sorted((fold(best.text), fold(other.text)), key=len)
    return same_language and first not in second and _codes(question, best.text) <= _codes(question, other.text)


def _codes(question: str, sentence: str) -> frozenset[str]:
    """Return the codes (an error "E4", a model "K2") that question and sentence share: other rows are about others."""
    return frozenset(CODE.findall(fold(question))) & frozenset(CODE.findall(fold(sentence)))


def _steps(passage: Passage, best: Sentence, limit: int) -> tuple[Quote, ...]:
    base = passage.span.start
    lines = step_lines(passage, best.span)[:limit]
    return tuple(Quote(best.passage, span, passage.text[span.start - base : span.end - base]) for span in lines)
