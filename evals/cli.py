"""Commands: `knowdesk eval retrieval` and `knowdesk eval answers`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer
from rich.console import Console, RenderableType
from rich.progress import track as rich_track

from engine.errors import EngineError, InvalidInput, Misconfigured, NotFound
from evals.answers import run_answers
from evals.datasets.beir import BeirDataset, load_beir, sampled
from evals.datasets.golden import SAMPLE_FOLDER, GoldenQuestion, load_golden
from evals.golden import run_golden
from evals.retrieval import run_retrieval
from evals.sampling import shuffled
from evals.subject import Indexed, System
from evals.tables import show_answers, show_golden, show_retrieval

__all__ = ["app", "build_app", "reported_errors"]

T = TypeVar("T")

Data = Annotated[Path | None, typer.Option("--data", help="BEIR folder: corpus.jsonl, queries.jsonl, qrels/.")]
Split = Annotated[str | None, typer.Option("--split", help="File in qrels/, without .tsv; not needed if there is one.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Take a seeded sample of this many queries.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the sample and of the halves.")]
Cache = Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")]
Details = Annotated[Path | None, typer.Option("--details", help="Write times and every query's result to this file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
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


def build_app(open_system: Callable[[], System]) -> typer.Typer:
    """Return the commands over the system that `open_system` makes when one of them runs."""
    app = typer.Typer(help="Measure retrieval and answers on your own data.", no_args_is_help=True)

    @app.command()
    def retrieval(
        *,
        data: Annotated[Path, typer.Option("--data", help="BEIR folder: corpus.jsonl, queries.jsonl, qrels/.")],
        split: Split = None,
        limit: Limit = None,
        seed: Seed = 13,
        cache: Cache = None,
        details: Details = None,
        as_json: AsJson = False,
    ) -> None:
        """Index the corpus of a BEIR folder, search for its queries, and measure the rankings."""
        with reported_errors():
            dataset = _dataset(data, split, limit=limit, seed=seed)
            report = run_retrieval(open_system(), dataset, cache=cache, track=_track)
            _publish(report, show_retrieval(report), details=details, as_json=as_json)

    @app.command()
    def answers(
        *,
        data: Data = None,
        split: Split = None,
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
                questions = _golden_questions(limit=limit, seed=seed)
                on_sample = run_golden(open_system(), questions, knowledge=SAMPLE_FOLDER / "knowledge", track=_track)
                _publish(on_sample, show_golden(on_sample), details=details, as_json=as_json)
                return
            if golden:
                raise InvalidInput("--golden and --data exclude each other.", remedy="Give one of them.")
            dataset = _dataset(data, split, limit=limit, seed=seed)
            report = run_answers(open_system(), dataset, seed=seed, cache=cache, track=_track)
            _publish(report, show_answers(report), details=details, as_json=as_json)

    return app


def _dataset(data: Path, split: str | None, *, limit: int | None, seed: int) -> BeirDataset:
    return sampled(load_beir(data, split), limit=limit, seed=seed)


def _golden_questions(*, limit: int | None, seed: int) -> tuple[GoldenQuestion, ...]:
    questions = load_golden(SAMPLE_FOLDER / "golden")
    return questions if limit is None else shuffled(questions, seed=seed, key=lambda each: each.id)[:limit]


def _only_with_data(**options: object) -> None:
    given = [f"--{name}" for name, value in options.items() if value is not None]
    if given:
        raise InvalidInput(f"{' and '.join(given)} cannot be used without --data.", remedy="Name a BEIR folder.")


def _track(items: Iterable[T], *, total: int, description: str) -> Iterator[T]:
    """Show a progress bar on stderr."""
    yield from rich_track(items, description, total=total, console=Console(stderr=True), transient=True)


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


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn an EngineError into a message on stderr and an exit status: 2 for wrong usage or settings, else 1."""
    try:
        yield
    except EngineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2 if isinstance(error, InvalidInput | Misconfigured | NotFound) else 1) from error


def _engine() -> System:
    from evals.engine_system import engine_system  # loads every adapter, which other commands need not wait for

    return engine_system()


app = build_app(_engine)
