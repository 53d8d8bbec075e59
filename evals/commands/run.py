"""`knowdesk eval run`: carry out an evaluation into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from engine.errors import InvalidInput
from evals.commands.common import AsJson, Limit, Seed, reported_errors, show
from evals.datasets.beir import beir_folders
from evals.datasets.golden import SAMPLE_FOLDER
from evals.http_desk import open_http_desk
from evals.runs.beir_unit import BeirUnit
from evals.runs.execute import Execution, Progress, ask_desk
from evals.runs.folder import RunFolder
from evals.runs.question_unit import QuestionUnit
from evals.runs.results import Results, write_summary
from evals.runs.running import begin, evaluate
from evals.runs.units import Unit
from evals.subject import Setting, System
from evals.tables import show_results

__all__ = ["Asked", "Service", "register", "units_of"]

EXAMPLES = """Examples:

knowdesk eval run --golden --out runs/sample

knowdesk eval run --questions questions --knowledge docs --out runs/own

knowdesk eval run --questions questions --url http://127.0.0.1:8080 --kb shop --out runs/live
"""
Out = Annotated[Path, typer.Option("--out", help="Folder of the run; the same command again goes on with it.")]
Golden = Annotated[bool, typer.Option("--golden", help="The sample knowledge base with its questions.")]
Data = Annotated[list[Path] | None, typer.Option("--data", help="BEIR folder, or a folder of such; repeatable.")]
Questions = Annotated[Path | None, typer.Option("--questions", help="Question file (*.jsonl), or a folder of them.")]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="Folder of the documents for --questions.")]
Url = Annotated[
    str,
    typer.Option("--url", help="Ask a running service, such as http://127.0.0.1:8080; default: the engine in here."),
]
Kb = Annotated[str, typer.Option("--kb", help="Name of the knowledge base of the service.")]
ApiKey = Annotated[str, typer.Option("--api-key", help="Key for the service.")]
Workers = Annotated[
    int, typer.Option("--workers", min=1, max=64, help="Processes that ask; with --url, questions at a time.")
]
Cache = Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for other runs.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for."""

    golden: bool = False
    data: tuple[Path, ...] = ()
    questions: Path | None = None
    knowledge: Path | None = None
    limit: int | None = None
    seed: int = 13


@dataclass(frozen=True, slots=True)
class Service:
    """A running service to be asked."""

    url: str
    knowledge_base: str
    api_key: str = ""


def register(app: typer.Typer, open_system: Callable[[], System]) -> None:
    """Add the command; `open_system` is a function of a module, so that it can be sent to other processes."""

    @app.command("run", epilog=EXAMPLES)
    def run_command(  # noqa: PLR0913
        *,
        out: Out,
        golden: Golden = False,
        data: Data = None,
        questions: Questions = None,
        knowledge: Knowledge = None,
        url: Url = "",
        kb: Kb = "",
        api_key: ApiKey = "",
        limit: Limit = None,
        seed: Seed = 13,
        workers: Workers = 1,
        cache: Cache = None,
        as_json: AsJson = False,
    ) -> None:
        """Run an evaluation into a folder: figures, every case, and what it was made with. Resumable at any moment."""
        with reported_errors():
            units = units_of(Asked(golden, tuple(data or ()), questions, knowledge, limit, seed))
            options: dict[str, Setting] = {"limit": limit, "seed": seed}
            if url:
                results = _remote(units, RunFolder(out), Service(url, kb, api_key), options=options, threads=workers)
            else:
                how = Execution(RunFolder(out), open_system, cache, workers)
                results = evaluate(units, how, options=options, watch=_watch)
            show(results.as_json(), show_results(results), as_json=as_json)
        _end(results)


def units_of(asked: Asked) -> tuple[Unit, ...]:
    """Return the units; InvalidInput if nothing is asked for or two units have the same name."""
    units: list[Unit] = [BeirUnit(path, asked.limit, asked.seed) for each in asked.data for path in beir_folders(each)]
    if asked.golden:
        questions = (SAMPLE_FOLDER / "golden", SAMPLE_FOLDER / "attacks")
        units.append(QuestionUnit("sample", questions, SAMPLE_FOLDER / "knowledge", asked.limit, asked.seed))
    if asked.questions is not None:
        name = asked.questions.resolve().stem
        units.append(QuestionUnit(name, (asked.questions,), asked.knowledge, asked.limit, asked.seed))
    if not units:
        raise InvalidInput("Nothing to run.", remedy="Give --golden, --data DIR or --questions PATH.")
    names = [unit.name for unit in units]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidInput(f"Several sets are called {', '.join(repeated)}.", remedy="Rename a folder or file.")
    return tuple(units)


def _remote(
    units: tuple[Unit, ...], folder: RunFolder, service: Service, *, options: dict[str, Setting], threads: int
) -> Results:
    if not service.knowledge_base:
        raise InvalidInput("--url needs --kb.", remedy="Name the knowledge base of the service.")
    with open_http_desk(service.url, service.knowledge_base, api_key=service.api_key) as desk:
        begin(units, folder, settings=desk.settings, options=options)
        _watch(ask_desk(units, folder, desk, threads=threads))
    return write_summary(folder.path)


def _watch(progress: Iterable[Progress]) -> None:
    """Show a progress bar on stderr."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Evaluating", total=None)
        for each in progress:
            bar.update(task, completed=each.done, total=each.total)


def _end(results: Results) -> None:
    """Name on stderr what failed, and exit with 1 if something did."""
    for document in results.failures:
        typer.echo(f"Not indexed: {document.uri}: {document.failure}", err=True)
    failed = [case for case in results.cases if case.error]
    for case in failed[:20]:
        typer.echo(f"Failed: {case.id}: {case.error}", err=True)
    if len(failed) > 20:
        typer.echo(f"… and {len(failed) - 20} more failed cases.", err=True)
    if failed or results.failures:
        raise typer.Exit(1)
