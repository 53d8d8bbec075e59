"""Command: `knowdesk bench load`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from engine.errors import InvalidInput
from evals.bench.load import Level, LoadOptions, bench_load, saturation
from evals.bench.overload import Overload, bench_overload
from evals.bench.sample import fill_folder, sample_questions
from evals.bench.service import served
from evals.commands.common import AsJson, reported_errors, show
from evals.datasets.jsonl import read_records

__all__ = ["load_command", "show_load"]

SAMPLE = "sample"
QUESTIONS = 200
MOST_CLIENTS = 64
Clients = Annotated[
    list[int] | None,
    typer.Option("--clients", min=1, max=MOST_CLIENTS, help="Clients at a time; repeatable; default: 1, 4, 16, 64."),
]
Requests = Annotated[int, typer.Option("--requests", min=1, max=100_000, help="Most requests of a level.")]
Seconds = Annotated[float, typer.Option("--seconds", min=0.1, max=600, help="Most seconds of a level.")]
Times = Annotated[int, typer.Option("--overload", min=0, max=16, help="Then so many times the most clients; 0: not.")]
Kb = Annotated[str, typer.Option("--kb", help="Knowledge base in --data-dir; default: the sample, made anew.")]
DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Data folder of --kb.")]
Queries = Annotated[Path | None, typer.Option("--queries", help='JSON Lines with "text", to ask --kb.')]


def load_command(  # noqa: PLR0913
    *,
    clients: Clients = None,
    requests: Requests = 400,
    seconds: Seconds = 20.0,
    overload: Times = 0,
    kb: Kb = "",
    data_dir: DataDir = None,
    queries: Queries = None,
    as_json: AsJson = False,
) -> None:
    """Put load on a service in a process of its own on this machine, a closed loop of 1 to 64 clients.

    Exit status 1 if a request fails; under overload, if one gets anything but an answer, 429 or 503.
    """
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        folder, name, questions = _asked(kb, data_dir, queries, Path(scratch))
        options = LoadOptions(tuple(clients or LoadOptions().clients), requests, seconds)
        with served(folder, name) as api, Console(stderr=True).status("starting") as status:
            levels = list(bench_load(api, questions, options, say=status.update))
            over = overload * max(options.clients)
            beyond = bench_overload(api, questions, clients=over, seconds=seconds, say=status.update) if over else None
    shown = {"levels": [each.as_json() for each in levels], "saturated_with_clients": saturation(levels)}
    found: dict[str, object] = {"knowledge_base": name, **shown, "overload": beyond.as_json() if beyond else None}
    show(found, Group(*show_load(levels, beyond)), as_json=as_json)
    if any(each.errors for each in levels) or (beyond and beyond.errors):
        raise typer.Exit(1)


def show_load(levels: Sequence[Level], beyond: Overload | None = None) -> Iterator[Table | str]:
    """Yield the table of the levels, the saturation point, and what an overload did."""
    header = ("call", "clients", "requests", "errors", "requests/s", "p50 ms", "p95 ms", "p99 ms", "peak MB")
    table = Table(*header, title="closed loop")
    for level in levels:
        found = level.latency
        times = (f"{value:.0f}" for value in (found.p50_ms, found.p95_ms, found.p99_ms)) if found else ("", "", "")
        done = found.calls if found else 0
        errors = ", ".join(f"{kind}: {number}" for kind, number in level.errors.items()) or "0"
        shown = (level.call, level.clients, done, errors, f"{level.throughput:.1f}", *times, f"{level.peak_mb:.0f}")
        table.add_row(*map(str, shown))
    yield table
    reached = ", ".join(f"{call} with {clients}" for call, clients in saturation(levels).items())
    yield f"Saturated: {reached or 'nothing was answered'}"
    if beyond:
        yield beyond.told()


def _asked(kb: str, data_dir: Path | None, queries: Path | None, scratch: Path) -> tuple[Path, str, tuple[str, ...]]:
    """Return the data folder, the knowledge base and what to ask it; without a name, the sample in a new folder."""
    if kb and data_dir and queries:
        texts = dict.fromkeys(record.text("text") for record in read_records(queries))
        return data_dir, kb, tuple(texts)[:QUESTIONS]
    if kb or data_dir or queries:
        raise InvalidInput("--kb, --data-dir and --queries go together.", remedy="Give all three, or none.")
    fill_folder(scratch / "data", SAMPLE)
    return scratch / "data", SAMPLE, sample_questions(QUESTIONS)
