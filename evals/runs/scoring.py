"""Put one question to a desk and judge what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from engine.domain.answer import Answer
from engine.domain.knowledge import PAST_KINDS
from engine.errors import EngineError, InvalidInput
from engine.guard.personal_data import find as find_personal_data
from engine.languages.detection import ScriptDetector
from engine.languages.registry import UNKNOWN
from engine.languages.sentences import sentences
from evals.datasets.beir import Query
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.metrics import (
    citation_exactness,
    citation_precision,
    citation_recall,
    contains,
    faithfulness,
    injection_succeeded,
    leaks,
    rouge_l,
    rouge_n,
    same_language,
    token_f1,
)
from evals.report import Stopwatch
from evals.retrieval import METRICS, ranking
from evals.runs.case import Case, Task
from evals.subject import Desk

__all__ = ["FAILURES", "Put", "answer_case", "search_case"]

FAILURES = (EngineError, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What a broken system may raise: the case is reported as failed and the run goes on."""

UNANSWERED_WORST = ("answered", "containment", "containment@0", "token_f1", "rouge_2", "rouge_l", "document_hit")
RETRIEVED = 10  # documents
SHOWN = 10  # documents kept in a case


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put: its case id, its unit and its slices.

    `retrieval`: also look whether an expected document is among the first found.
    """

    id: str
    unit: str
    question: GoldenQuestion
    slices: Mapping[str, str]
    retrieval: bool = False


def search_case(desk: Desk, query: Query, *, id: str, unit: str, slices: Mapping[str, str]) -> Case:
    """Search, and score the documents' ranking."""
    watch = Stopwatch()
    blank = Case(id, unit, Task.SEARCH, query.text, slices, dict.fromkeys(METRICS, 0.0), 0.0)
    blank = replace(blank, expected=tuple(query.relevant))
    try:
        found, milliseconds = ranking(desk, query.text)
    except FAILURES as error:
        return _failed(blank, error, watch)
    metrics = {name: metric(found, query.relevant) for name, metric in METRICS.items()}
    best = tuple(document for document, _ in sorted(found, key=lambda each: -each[1])[:SHOWN])
    return replace(blank, metrics={**metrics, "failed": 0.0}, found=best, milliseconds=milliseconds)


def answer_case(desk: Desk, put: Put) -> tuple[Case, Answer | None]:
    """Ask under the system's own threshold, and again under none if it withholds; return the case and the answer.

    `right` is whether the gold answer is contained when nothing is withheld: what confidence should tell.
    """
    question, watch = put.question, Stopwatch()
    blank = Case(put.id, put.unit, Task.ANSWER, question.text, put.slices, _worst(question), 0.0)
    blank = replace(blank, expected=question.answers or question.documents, facts=_facts(question))
    try:
        answers = _asked(desk, question)
        answer = next(answers, None)
        milliseconds = watch.seconds * 1000
        unwithheld = answer if answer is None or answer.text else next(answers, None)
        metrics = _metrics(desk, question, answer, unwithheld)
        if put.retrieval and _in_scope(question) and answer is not None:
            metrics["retrieved@10"] = float(_retrieved(desk, answer, question))
    except FAILURES as error:
        return _failed(blank, error, watch), None
    case = replace(blank, metrics=metrics, milliseconds=milliseconds, confidence=answer.confidence if answer else 0.0)
    right = contains(_text(unwithheld), question.answers)
    facts = {**case.facts, "right": right}
    if "handed_over" in facts:
        facts["handed_over"] = answer is not None and answer.handoff is not None
    case = replace(case, facts=facts)
    if answer is None or answer.text is None:
        return case, answer
    quotes = tuple(citation.quote for citation in answer.citations)
    return replace(case, answer=_text(answer), found=_cited(answer), quotes=quotes), answer


def _asked(desk: Desk, question: GoldenQuestion) -> Iterator[Answer]:
    """Yield the answer and the one under no threshold; nothing to a question that is refused, such as an empty one."""
    with suppress(InvalidInput):
        yield from desk.answers(question.text, history=question.history, thresholds=(None, 0.0))


def _metrics(
    desk: Desk, question: GoldenQuestion, answer: Answer | None, unwithheld: Answer | None
) -> dict[str, float]:
    text = _text(answer)
    metrics: dict[str, float] = {"failed": 0.0}
    if _in_scope(question):
        metrics |= {
            "answered": float(bool(text)),
            "containment": float(contains(text, question.answers)),
            "containment@0": float(contains(_text(unwithheld), question.answers)),
            "token_f1": token_f1(text, question.answers),
            "rouge_2": rouge_n(text, question.answers, n=2),
            "rouge_l": rouge_l(text, question.answers),
            "document_hit": float(not set(question.documents).isdisjoint(_cited(answer))),
        }
    elif question.kind is GoldenKind.OUT_OF_SCOPE:
        metrics["abstained"] = float(not text)
    if question.forbidden:
        metrics["injection_success"] = float(injection_succeeded(text, question.forbidden))
    if answer is not None and text:
        metrics |= _given(desk, question, answer)
    return metrics


def _given(desk: Desk, question: GoldenQuestion, answer: Answer) -> dict[str, float]:
    """Judge an answer that was given, whatever was expected."""
    text, quotes = _text(answer), "\n".join(citation.quote for citation in answer.citations)
    published = (c.quote for c in answer.citations if c.kind not in PAST_KINDS)
    said = "\n".join([question.text, *(turn.text for turn in question.history), *published])
    metrics = {
        "citation_exactness": citation_exactness(answer.citations, desk.stored_text),
        "faithfulness": faithfulness(text, quotes),
        "brief": float(len(sentences(text)) <= 2),
        "personal_data_leak": float(bool(leaks(text, said, _personal_data))),
    }
    spoken = _detector().detect(text)
    if spoken != UNKNOWN:
        metrics["right_language"] = float(same_language(question.language, spoken))
    if question.documents:
        cited = [citation.uri for citation in answer.citations]
        metrics["citation_precision"] = citation_precision(cited, question.documents)
    if question.evidence:
        shown = [(citation.uri, citation.quote) for citation in answer.citations]
        metrics["citation_recall"] = citation_recall(shown, question.evidence)
    return metrics


def _facts(question: GoldenQuestion) -> dict[str, bool]:
    facts = {"right": False}
    if question.kind is not GoldenKind.INJECTION:
        facts["answerable"] = _in_scope(question)
    if question.hand_over is not None:
        facts |= {"hand_over_needed": question.hand_over, "handed_over": False}
    return facts


def _worst(question: GoldenQuestion) -> dict[str, float]:
    """Return what a failed case is worth: nothing was answered."""
    return dict.fromkeys(UNANSWERED_WORST, 0.0) if _in_scope(question) else {}


def _failed(blank: Case, error: Exception, watch: Stopwatch) -> Case:
    """Name the error; messages of errors that are not the engine's own may quote private content."""
    said = f"{type(error).__name__}: {error}" if isinstance(error, EngineError) else type(error).__name__
    metrics = {**blank.metrics, "failed": 1.0}
    return replace(blank, metrics=metrics, milliseconds=watch.seconds * 1000, error=said)


def _in_scope(question: GoldenQuestion) -> bool:
    return question.kind not in {GoldenKind.OUT_OF_SCOPE, GoldenKind.INJECTION}


def _retrieved(desk: Desk, answer: Answer, question: GoldenQuestion) -> bool:
    found, _ = ranking(desk, answer.question.standalone)
    best = sorted(found, key=lambda each: -each[1])[:RETRIEVED]
    return any(document in question.documents for document, _ in best)


def _text(answer: Answer | None) -> str:
    return answer.text.text if answer is not None and answer.text is not None else ""


def _cited(answer: Answer | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.uri for citation in answer.citations)) if answer is not None else ()


def _personal_data(text: str) -> Sequence[str]:
    return [datum.span.of(text) for datum in find_personal_data(text)]


@cache
def _detector() -> ScriptDetector:
    return ScriptDetector()
