"""Command: `knowdesk bench soak`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from evals.bench.sample import fill_folder, sample_questions
from evals.bench.service import served
from evals.bench.soak.measuring import Drift, Window, bench_soak, drift
from evals.commands.common import AsJson, reported_errors, show
from evals.datasets.golden import SAMPLE_FOLDER

__all__ = ["show_soak", "soak_command"]

KNOWLEDGE_BASE = "soak"
QUESTIONS = 200
OFTEN = "insights_hours = 0.1\n"
"""Settings: new questions are read several times in a soak, as a server does each day."""
TASKS = ("search", "answer", "edit", "job")
HELD = ("MB", "mapped MB", "disk MB", "open files", "threads")


def soak_command(
    folder: Annotated[Path, typer.Argument(help="Folder of documents; default: the sample.")] = SAMPLE_FOLDER
    / "knowledge",
    *,
    minutes: Annotated[float, typer.Option("--minutes", min=0.05, help="How long.")] = 30.0,
    window: Annotated[float, typer.Option("--window", min=1.0, help="Seconds that are measured together.")] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Search, ask, edit and have jobs done, all at once on a service of its own, and watch memory and times.

    The service reads new questions for topics and gaps every six minutes.

    Exit status 1 if anything fails on the way. Growth is told as the last quarter over the second.
    """
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        data_dir, config = Path(scratch) / "data", Path(scratch) / "soak.toml"
        fill_folder(data_dir, KNOWLEDGE_BASE, folder)
        config.write_text(OFTEN, encoding="utf-8")
        with served(data_dir, KNOWLEDGE_BASE, config) as api, Console(stderr=True).status("starting") as status:
            windows = list(
                bench_soak(
                    api,
                    sample_questions(QUESTIONS),
                    data_dir,
                    seconds=minutes * 60,
                    window_s=window,
                    say=status.update,
                )
            )
    grown = drift(windows)
    found: dict[str, object] = {
        "windows": [asdict(each) for each in windows],
        "last_quarter_over_second": grown.as_json() if grown else None,
    }
    show(found, Group(*show_soak(windows, grown)), as_json=as_json)
    if any(each.faults for each in windows):
        raise typer.Exit(1)


def show_soak(windows: Sequence[Window], grown: Drift | None) -> Iterator[Table | str]:
    """Yield the table of the windows, and what has grown."""
    table = Table("s", *(f"{task} p50, p95 ms" for task in TASKS), "faults", *HELD)
    for each in windows:
        times = (each.latency.get(task) for task in TASKS)
        shown = (f"{found.p50_ms:.0f}, {found.p95_ms:.0f}" if found else "" for found in times)
        held = map(
            str, (round(each.memory_mb), round(each.mapped_mb), round(each.disk_mb), each.open_files, each.threads)
        )
        faults = ", ".join(f"{fault} {number}" for fault, number in each.faults.items()) or "0"
        table.add_row(f"{each.ended_s:.0f}", *shown, faults, *held)
    yield table
    if grown:
        p50 = ", ".join(f"{task} {ratio:.2f}" for task, ratio in grown.p50.items())
        kept = f"memory {grown.memory:.2f}, files {grown.open_files:.2f}, threads {grown.threads:.2f}"
        yield f"Last quarter over second: {kept}, p50 of {p50}: {'flat' if grown.flat else 'not flat'}"
    else:
        yield "Too few windows to compare quarters."
