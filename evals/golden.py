"""Evaluate the sample knowledge base with its golden questions, as a customer would meet it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.asking import Asked, Judged, ask
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.metrics import auroc
from evals.report import Stopwatch, Summary, Track, mean, quiet
from evals.subject import Indexed, Subject, System

__all__ = ["GoldenOutcome", "GoldenReport", "answer_golden", "run_golden"]


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """A golden question's kind and judged answer; `hit`: a citation is from one of the expected documents."""

    kind: GoldenKind
    hit: bool
    judged: Judged

    @property
    def abstained(self) -> bool:
        """Whether no answer was given."""
        return self.judged.text is None


@dataclass(frozen=True, slots=True)
class GoldenReport:
    """A golden run: overall metrics in `summary`, and the same by kind of question."""

    summary: Summary
    kinds: Mapping[GoldenKind, Mapping[str, float]]
    outcomes: tuple[GoldenOutcome, ...]
    failures: tuple[Indexed, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        kinds = {kind.value: {name: round(value, 6) for name, value in row.items()} for kind, row in self.kinds.items()}
        return {**self.summary.as_json(), "kinds": kinds}

    def details(self) -> dict[str, object]:
        """Return the same with every answer."""
        return {**self.as_json(), "results": [asdict(outcome) for outcome in self.outcomes]}


def run_golden(
    system: System, questions: Sequence[GoldenQuestion], *, knowledge: Path, track: Track = quiet
) -> GoldenReport:
    """Index the files under `knowledge`, ask every question under the system's own threshold, and report."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as folder, system.open(Path(folder)) as subject:
        files = sum(path.is_file() for path in knowledge.rglob("*"))
        indexing = track(subject.add_folder(knowledge), total=files, description="Indexing")
        failures = tuple(document for document in indexing if document.failure)
        outcomes = tuple(track(answer_golden(subject, questions), total=len(questions), description="Asking"))
    kinds = {kind: [each for each in outcomes if each.kind is kind] for kind in GoldenKind}
    by_kind = {kind: {"questions": len(found), **_metrics(found)} for kind, found in kinds.items() if found}
    metrics = {**_metrics(outcomes), **_abstention(outcomes)}
    summary = Summary("sample", "golden", len(outcomes), metrics, system.settings, watch.seconds)
    return GoldenReport(summary, by_kind, outcomes, failures)


def answer_golden(subject: Subject, questions: Sequence[GoldenQuestion]) -> Iterator[GoldenOutcome]:
    """Ask each question after its history."""
    for each in questions:
        judged = ask(subject, Asked(each.id, each.text, each.answers, each.history))
        yield GoldenOutcome(each.kind, not set(each.documents).isdisjoint(judged.cited), judged)


def _metrics(outcomes: Sequence[GoldenOutcome]) -> Mapping[str, float]:
    """Return hits and containment over questions that have an answer; exactness over answers that were given."""
    in_scope = [each for each in outcomes if each.kind is not GoldenKind.OUT_OF_SCOPE]
    out_of_scope = [each for each in outcomes if each.kind is GoldenKind.OUT_OF_SCOPE]
    metrics: dict[str, float] = {}
    if in_scope:
        metrics["document_hit"] = mean(each.hit for each in in_scope)
        metrics["containment"] = mean(each.judged.contained for each in in_scope)
        metrics["answered"] = mean(not each.abstained for each in in_scope)
        given = [each.judged.exactness for each in outcomes if not each.abstained]
        metrics["citation_exactness"] = mean(given)
    if out_of_scope:
        metrics["abstained_out_of_scope"] = mean(each.abstained for each in out_of_scope)
    return metrics


def _abstention(outcomes: Sequence[GoldenOutcome]) -> Mapping[str, float]:
    """Return how well confidence tells questions in scope from others, if there are some of each."""
    in_scope = [each.kind is not GoldenKind.OUT_OF_SCOPE for each in outcomes]
    if all(in_scope) or not any(in_scope):
        return {}
    return {"abstention_auroc": auroc([each.judged.confidence for each in outcomes], in_scope)}
