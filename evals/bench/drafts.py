"""Measure drafts: language, evidence, what was made up, parts, length, time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.answering.fidelity import infidelity
from engine.answering.script import readable
from engine.answering.spoken import written_in
from engine.domain.check import Verdict
from engine.domain.draft import Draft, DraftMode, DraftPart
from engine.languages.detection import ScriptDetector
from engine.languages.kinship import Kinship, kinship
from engine.languages.quantities import quantities, quantities_supported
from engine.languages.sentences import sentences
from evals.datasets.drafts import GoldenDraft
from evals.metrics.normalize import normalize
from evals.metrics.percentiles import percentile

__all__ = ["DraftScore", "bench_drafts", "invented", "misplaced", "score"]


@dataclass(frozen=True, slots=True)
class DraftScore:
    """One draft: which of the things that it must be it is not, and how long it took."""

    golden: GoldenDraft
    wrong: tuple[str, ...]
    invented: tuple[str, ...]
    milliseconds: float


def bench_drafts(golden: Sequence[GoldenDraft], draft: Callable[[GoldenDraft], Draft]) -> dict[str, object]:
    """Draft every reply, the first twice to load what is needed; shares over all and by language."""
    draft(golden[0])
    scores = []
    for each in golden:
        begun = time.perf_counter()
        made = draft(each)
        scores.append(score(each, made, (time.perf_counter() - begun) * 1000))
    languages = sorted({each.language for each in golden})
    times = [each.milliseconds for each in scores]
    return {
        **_shares(scores),
        "languages": {tag: _shares([each for each in scores if each.golden.language == tag]) for tag in languages},
        "wrong": {each.golden.id: [*each.wrong, *each.invented] for each in scores if each.wrong or each.invented},
        "p50_ms": round(percentile(times, 50), 1),
        "p95_ms": round(percentile(times, 95), 1),
    }


def score(golden: GoldenDraft, made: Draft, milliseconds: float = 0.0) -> DraftScore:
    """Return what is wrong with one draft."""
    return DraftScore(golden, tuple(_wrong(golden, made)), tuple(invented(golden, made)), milliseconds)


def invented(golden: GoldenDraft, made: Draft) -> Iterator[str]:
    """Yield the sentences with a number, date, code, name or address that stands neither in evidence nor in facts."""
    given = (*golden.facts.values(), *(turn.text for turn in golden.turns))
    known = "\n".join((*given, *(each.quote for each in made.citations)))
    for span in sentences(made.text):
        text = span.of(made.text)
        held = all(quantities_supported(each.span.of(text), known) for each in quantities(text))
        if not held or infidelity(text, (), known, language=made.language):
            yield text


def misplaced(made: Draft) -> bool:
    """Tell whether a citation's stretch of the draft is not what it quotes, in the reader's script."""
    return any(
        each.answer_span.of(made.text) != readable(each.quote, language=each.language, reader=made.language)
        for each in made.citations
    )


def _wrong(golden: GoldenDraft, made: Draft) -> Iterator[str]:
    written = normalize(made.text)
    if golden.quotes and not any(normalize(quote) in written for quote in golden.quotes):
        yield "gold"
    if not _is_in(made.text, golden.language):
        yield "language"
    if made.mode is not golden.mode:
        yield "mode"
    core = {DraftPart.ANSWER} if made.mode is not golden.mode else set()
    if not set(golden.parts) - core <= {section.part for section in made.sections}:
        yield "parts"
    if len(made.text) > made.limit:
        yield "length"
    if made.mode is DraftMode.COMPOSED and misplaced(made):
        yield "citations"
    if made.check.verdict is Verdict.BLOCK or (golden.mode is DraftMode.HOLDING and made.check.promises):
        yield "check"


def _is_in(text: str, language: str) -> bool:
    told = all(written_in(span.of(text), language) for span in sentences(text))
    return told and kinship(ScriptDetector().detect(text), language) is Kinship.LANGUAGE


def _shares(scores: Sequence[DraftScore]) -> dict[str, object]:
    count = len(scores)
    answerable = [each for each in scores if each.golden.quotes]

    def right(name: str, among: Sequence[DraftScore]) -> float:
        return round(sum(name not in each.wrong for each in among) / max(len(among), 1), 3)

    names = ("language", "mode", "parts", "length", "citations", "check")
    return {
        "drafts": count,
        "gold": right("gold", answerable),
        **{name: right(name, scores) for name in names},
        "invented": sum(len(each.invented) for each in scores),
    }
