"""Measure summaries: are the facts there, does every statement have its turn, how near is the wording to a person's."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.domain.summary import Statement, Summary, SummaryPart
from engine.languages.sentences import sentences
from evals.datasets.summaries import GoldenSummary
from evals.metrics.normalize import normalize
from evals.metrics.percentiles import percentile
from evals.metrics.rouge_l import rouge_l
from evals.metrics.rouge_n import rouge_n

__all__ = ["SummaryScore", "bench_summaries", "missing_facts", "score", "unplaced"]

LEAD = 2  # sentences of the conversation that the baseline repeats
_TOLD = set(SummaryPart) - {SummaryPart.FACTS, SummaryPart.MOOD}


@dataclass(frozen=True, slots=True)
class SummaryScore:
    """One summary: facts that are missing, statements without their turn, ROUGE of it and of lead-2, its length."""

    golden: GoldenSummary
    missing: tuple[str, ...]
    unplaced: int
    rouge: tuple[float, float, float]
    lead: tuple[float, float, float]
    share: float
    milliseconds: float


def bench_summaries(
    golden: Sequence[GoldenSummary], summarize: Callable[[GoldenSummary], Summary]
) -> dict[str, object]:
    """Summarise every conversation, the first twice to load what is needed; scores over all and by language."""
    summarize(golden[0])
    scores = []
    for each in golden:
        begun = time.perf_counter()
        made = summarize(each)
        scores.append(score(each, made, (time.perf_counter() - begun) * 1000))
    languages = sorted({each.language for each in golden})
    return {
        **_means(scores),
        "languages": {tag: _means([each for each in scores if each.golden.language == tag]) for tag in languages},
        "missing": {each.golden.id: list(each.missing) for each in scores if each.missing},
        "p50_ms": round(percentile([each.milliseconds for each in scores], 50), 1),
        "p95_ms": round(percentile([each.milliseconds for each in scores], 95), 1),
    }


def score(golden: GoldenSummary, made: Summary, milliseconds: float = 0.0) -> SummaryScore:
    """Return how good one summary is."""
    statements = [each for section in made.sections for each in section.statements]
    told = " ".join(each.text for each in statements if each.part in _TOLD)
    said = "\n".join(turn.text for turn in golden.turns)
    lead = " ".join(span.of(said) for span in sentences(said)[:LEAD])
    return SummaryScore(
        golden,
        missing_facts(golden, made),
        sum(unplaced(each, golden) for each in statements),
        _rouge(told, golden.reference),
        _rouge(lead, golden.reference),
        len(told) / len(said),
        milliseconds,
    )


def missing_facts(golden: GoldenSummary, made: Summary) -> tuple[str, ...]:
    """Return the golden facts that do not stand in the text of the summary."""
    written = normalize(made.text)
    return tuple(fact for fact in golden.facts if normalize(fact) not in written)


def unplaced(statement: Statement, golden: GoldenSummary) -> bool:
    """Tell whether a statement names no turn, or quotes something that does not stand there."""
    quotes = (*statement.quotes, *statement.due)
    return not statement.quotes or any(
        quote.place >= len(golden.turns) or quote.span.of(golden.turns[quote.place].text) != quote.text
        for quote in quotes
    )


def _rouge(text: str, reference: str) -> tuple[float, float, float]:
    return rouge_n(text, [reference], n=1), rouge_n(text, [reference], n=2), rouge_l(text, [reference])


def _means(scores: Sequence[SummaryScore]) -> dict[str, object]:
    count = len(scores)
    facts = sum(len(each.golden.facts) for each in scores)

    def rouge(values: Sequence[tuple[float, float, float]]) -> dict[str, float]:
        names = ("rouge_1", "rouge_2", "rouge_l")
        return {name: round(sum(each[at] for each in values) / count, 3) for at, name in enumerate(names)}

    return {
        "conversations": count,
        "all_facts": round(sum(not each.missing for each in scores) / count, 3),
        "facts": round(1 - sum(len(each.missing) for each in scores) / facts, 3),
        "statements_without_turn": sum(each.unplaced for each in scores),
        "summary": rouge([each.rouge for each in scores]),
        "lead_2": rouge([each.lead for each in scores]),
        "length": round(sum(each.share for each in scores) / count, 3),
    }
