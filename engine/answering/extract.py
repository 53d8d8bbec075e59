"""Extractive answers: the one or two sentences, or the list of steps, that best answer the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.coverage import QuestionTerms, TermSet, term_set
from engine.answering.evidence import Sentence, candidate_sentences, step_lines
from engine.answering.questions import answers_type, question_types
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
    """How sentences are chosen; weights are relative to the coverage of the question, which counts 1.

    Chosen on one half of public reading-comprehension sets and checked on the other (DECISIONS.md, "Extraction").
    """

    passages: int = 3
    max_sentences: int = 2
    max_steps: int = 12
    heading: float = 1.0
    heading_decay: float = 0.7
    relevance: float = 0.4
    fits_type: float = 0.05
    misses_type: float = 0.2
    transcript: float = 0.15
    second_at_least: float = 0.75
    late: float = 0.5


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
    types = question_types(question, language)
    scored = _score(question, language, types, considered, chosen, reranker)
    if not scored:
        return Extraction(())
    best = scored[0]
    late = best.late if reranker else None
    if QuestionType.HOW_TO in types:
        steps = _steps(considered[best.sentence.passage], best.sentence, chosen.max_steps)
        if steps:
            return Extraction(steps, steps=True, coverage=best.coverage, late=late)
    further = [s for s in scored[1:] if _goes_with(best.sentence, s.sentence, question, considered)]
    picked = [best, *further[: chosen.max_sentences - 1]]
    picked = [s for s in picked if s.score >= chosen.second_at_least * best.score]
    in_order = sorted(picked, key=lambda s: (s.sentence.passage, s.sentence.span.start))
    return Extraction(
        tuple(Quote(s.sentence.passage, s.sentence.span, s.sentence.text) for s in in_order),
        coverage=best.coverage,
        late=late,
    )


def _score(
    question: str,
    language: str,
    types: frozenset[QuestionType],
    passages: Sequence[Passage],
    options: ExtractOptions,
    reranker: Reranker | None,
) -> list[_Scored]:
    sentences = candidate_sentences(passages)
    bags = [term_set(s.text, passages[s.passage].language) for s in sentences]
    tongues = {s.heading: passages[s.passage].language for s in sentences}
    headings = {heading: term_set(heading, tongue) for heading, tongue in tongues.items()}
    terms = QuestionTerms.among(question, language, bags)
    late = _relevances(question, [sentence.text for sentence in sentences], reranker)
    top = max((p.score for p in passages), default=0.0)
    scored = []
    for sentence, bag, soft in zip(sentences, bags, late, strict=True):
        passage = passages[sentence.passage]
        if kinship(language, passage.language) is Kinship.LANGUAGE:
            own, whole = _coverage(sentence, bag, headings[sentence.heading], terms, options)
        else:
            own = whole = soft
        relevance = passage.score / top if top > 0 else 0.0
        score = whole + options.late * soft + options.relevance * relevance + _type_score(types, sentence.text, options)
        score -= options.transcript if passage.kind is DocumentKind.TRANSCRIPT else 0.0
        scored.append(_Scored(sentence, score, max(own, whole), soft))
    return sorted(scored, key=lambda s: (-s.score, s.sentence.passage, s.sentence.span.start))


def _relevances(question: str, texts: Sequence[str], reranker: Reranker | None) -> list[float]:
    """Return what the reranker makes of each text; 0 without one."""
    if reranker is None or not texts:
        return [0.0] * len(texts)
    return [float(value) for value in reranker.relevance(question, texts)]


def _coverage(
    sentence: Sentence, bag: TermSet, heading: TermSet, terms: QuestionTerms, options: ExtractOptions
) -> tuple[float, float]:
    """Return the coverage by the sentence alone, and with its heading's part, which fades with the distance."""
    own = terms.coverage(bag)
    together = terms.coverage(bag | heading)
    return own, own + options.heading * options.heading_decay**sentence.distance * (together - own)


def _type_score(types: frozenset[QuestionType], sentence: str, options: ExtractOptions) -> float:
    """Reward a sentence of the form asked for; punish one that has none of the forms, if all are known."""
    verdicts = {answers_type(kind, sentence) for kind in types - {QuestionType.WHAT}}
    if True in verdicts:
        return options.fits_type
    return -options.misses_type if verdicts == {False} else 0.0


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
