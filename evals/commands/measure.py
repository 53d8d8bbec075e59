"""`knowdesk eval retrieval` and `eval answers`: the measures of a BEIR folder or of the sample."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console, RenderableType

from engine.errors import InvalidInput
from evals.answers import run_answers
from evals.commands.common import AsJson, Half, Limit, Seed, progress_bar, reported_errors
from evals.datasets.beir import halved, load_beir, sampled
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.golden import GoldenReport, run_golden
from evals.retrieval import run_retrieval
from evals.sampling import shuffled
from evals.subject import Indexed, System
from evals.tables import show_answers, show_golden, show_retrieval

__all__ = ["register"]

Data = Annotated[Path | None, typer.Option("--data", help="BEIR folder: corpus.jsonl, queries.jsonl, qrels/.")]
Split = Annotated[str | None, typer.Option("--split", help="File in qrels/, without .tsv; not needed if there is one.")]
Cache = Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for other runs.")]
Parts = Annotated[bool, typer.Option("--parts", help="Measure also what encoder, BM25 and reranker reach alone.")]
Details = Annotated[Path | None, typer.Option("--details", help="Write times and every query's result to this file.")]
Golden = Annotated[bool, typer.Option("--golden", help="Run the golden questions of the sample knowledge base.")]


class Report(Protocol):
    """What every report can do."""

    @property
    def failures(self) -> tuple[Indexed, ...]:
        """Documents that could not be indexed."""
        ...

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        ...

    def details(self) -> dict[str, object]:
        """Return the same with every query's outcome."""
        ...


def register(app: typer.Typer, open_system: Callable[[], System]) -> None:
    """Add the commands."""
    _add_retrieval(app, open_system)
    _add_answers(app, open_system)


def _add_retrieval(app: typer.Typer, open_system: Callable[[], System]) -> None:
    @app.command()
    def retrieval(
        *,
        data: Annotated[Path, typer.Option("--data", help="BEIR folder: corpus.jsonl, queries.jsonl, qrels/.")],
        split: Split = None,
        half: Half = "all",
        limit: Limit = None,
        seed: Seed = 13,
        cache: Cache = None,
        parts: Parts = False,
        details: Details = None,
        as_json: AsJson = False,
    ) -> None:
        """Index the corpus of a BEIR folder, search for its queries, and measure the rankings.

        The shipped weights were fitted on first halves; measure second halves to see what they do on other questions.
        """
        with reported_errors():
            dataset = sampled(halved(load_beir(data, split), half), limit=limit, seed=seed)
            report = run_retrieval(open_system(), dataset, cache=cache, parts=parts, track=progress_bar)
            _publish(report, show_retrieval(report), details=details, as_json=as_json)


def _add_answers(app: typer.Typer, open_system: Callable[[], System]) -> None:
    @app.command()
    def answers(
        *,
        data: Data = None,
        split: Split = None,
        half: Half = "all",
        golden: Golden = False,
        limit: Limit = None,
        seed: Seed = 13,
        cache: Cache = None,
        details: Details = None,
        as_json: AsJson = False,
    ) -> None:
        """Ask the questions of a BEIR folder with answers, or (without --data) the golden questions of the sample."""
        with reported_errors():
            if data is None:
                _only_with_data(split=split, cache=cache)
                on_sample = _on_sample(open_system(), limit=limit, seed=seed)
                _publish(on_sample, show_golden(on_sample), details=details, as_json=as_json)
                return
            if golden:
                raise InvalidInput("--golden and --data exclude each other.", remedy="Give one of them.")
            dataset = sampled(halved(load_beir(data, split), half), limit=limit, seed=seed)
            report = run_answers(open_system(), dataset, seed=seed, cache=cache, track=progress_bar)
            _publish(report, show_answers(report), details=details, as_json=as_json)


def _on_sample(system: System, *, limit: int | None, seed: int) -> GoldenReport:
    questions = load_golden(SAMPLE_FOLDER / "golden")
    if limit is not None:
        questions = shuffled(questions, seed=seed, key=lambda each: each.id)[:limit]
    return run_golden(system, questions, knowledge=SAMPLE_FOLDER / "knowledge", track=progress_bar)


def _only_with_data(**options: object) -> None:
    given = [f"--{name}" for name, value in options.items() if value is not None]
    if given:
        raise InvalidInput(f"{' and '.join(given)} cannot be used without --data.", remedy="Name a BEIR folder.")


def _publish(report: Report, shown: RenderableType, *, details: Path | None, as_json: bool) -> None:
    """Write the report; exit with 1 if documents could not be indexed, each named on stderr."""
    if details:
        details.write_text(json.dumps(report.details(), ensure_ascii=False, indent=1), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        Console().print(shown)
    for document in report.failures:
        typer.echo(f"Not indexed: {document.uri}: {document.failure}", err=True)
    if report.failures:
        raise typer.Exit(1)
