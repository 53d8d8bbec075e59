"""Sum up a run over a parsing set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from statistics import fmean

from rich.console import Group, RenderableType
from rich.table import Table

from evals.bench.parsing.run import REACHED, Outcome, State, Trial

__all__ = ["as_json", "show"]


def as_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return the document that `--json` prints: states, recall, the slowest file, formats, and what falls short."""
    expected = [outcome for outcome in outcomes if outcome.has_text]
    reached = sum(_reaches(outcome.ours) for outcome in expected)
    slowest = max(outcomes, key=lambda outcome: outcome.ours.seconds)
    return {
        "files": len(outcomes),
        "states": dict(Counter(outcome.ours.state.value for outcome in outcomes)),
        "with_expected_text": len(expected),
        "reached": reached,
        "reached_share": round(reached / len(expected), 4) if expected else None,
        "slowest": {"file": slowest.item.name, "seconds": round(slowest.ours.seconds, 2)},
        "formats": _formats(outcomes),
        "short": [_short(outcome) for outcome in expected if not _reaches(outcome.ours)],
        "failures": [
            {"file": outcome.item.name, "error": outcome.ours.note}
            for outcome in outcomes
            if outcome.ours.state in {State.FAILED, State.BROKEN}
        ],
    }


def show(outcomes: Sequence[Outcome]) -> RenderableType:
    """Return tables for people: by format, and the files that fall short."""
    names = ("format", "files", "ingested", "expected", "reached", "recall", "peer recall", "ms", "peer ms")
    formats = Table(*names, title="both: where both read the file and text is expected")
    for row in _formats(outcomes):
        formats.add_row(*("" if value is None else str(value) for value in row.values()))
    short = Table("file", "recall", "missing or error", title=f"below {REACHED}")
    for outcome in outcomes:
        if outcome.has_text and not _reaches(outcome.ours):
            found = _short(outcome)
            short.add_row(*(str(found[key]) for key in ("file", "recall", "missing")))
    states = Counter(outcome.ours.state.value for outcome in outcomes)
    return Group(formats, short, ", ".join(f"{count} {state}" for state, count in states.items()))


def _formats(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    def extension(outcome: Outcome) -> str:
        return outcome.item.extension

    groups = groupby(sorted(outcomes, key=extension), key=extension)
    return [_format(name, list(group)) for name, group in groups]


def _format(name: str, outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return the row of a format; recall and time are those of files that both parsers read."""
    both = [each for each in outcomes if each.peer is not None and _is_read(each.peer) and _is_read(each.ours)]
    texts = [each for each in both if each.has_text]
    return {
        "format": name,
        "files": len(outcomes),
        "ingested": sum(_is_read(each.ours) for each in outcomes),
        "expected": sum(each.has_text for each in outcomes),
        "reached": sum(each.has_text and _reaches(each.ours) for each in outcomes),
        "recall": _mean([each.ours for each in texts], lambda trial: trial.recall or 0.0, 4),
        "peer_recall": _mean([each.peer for each in texts if each.peer], lambda trial: trial.recall or 0.0, 4),
        "ms": _mean([each.ours for each in both], lambda trial: 1000 * trial.seconds, 0),
        "peer_ms": _mean([each.peer for each in both if each.peer], lambda trial: 1000 * trial.seconds, 0),
    }


def _mean(trials: Sequence[Trial], value: Callable[[Trial], float], digits: int) -> float | None:
    return round(fmean(map(value, trials)), digits) if trials else None


def _short(outcome: Outcome) -> dict[str, object]:
    ours = outcome.ours
    return {
        "file": outcome.item.name,
        "recall": round(ours.recall or 0.0, 3),
        "peer_recall": round(outcome.peer.recall, 3) if outcome.peer and outcome.peer.recall is not None else None,
        "missing": " ".join(ours.missing) or ours.note,
    }


def _is_read(trial: Trial) -> bool:
    return trial.state in {State.INGESTED, State.WARNED}


def _reaches(trial: Trial) -> bool:
    return trial.recall is not None and trial.recall >= REACHED
