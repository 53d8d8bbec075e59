"""Command: `knowdesk bench summaries`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from engine.domain.summary import SummaryPurpose, SummaryRequest
from evals.bench.summaries import bench_summaries
from evals.commands.common import reported_errors
from evals.datasets.summaries import load_summaries, read_summaries

__all__ = ["summaries_command"]


def summaries_command(
    *,
    half: Annotated[
        Literal["development", "reported"], typer.Option("--half", help="Half of the sample's golden conversations.")
    ] = "reported",
    purpose: Annotated[SummaryPurpose, typer.Option("--purpose", help="What the summaries are for.")] = (
        SummaryPurpose.HAND_OVER
    ),
    data: Annotated[Path | None, typer.Option("--data", help="Folder with *.jsonl of your own, as the sample.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Summarise golden conversations; the rules were written with the development half, so report the other."""
    from engine.assembly import build_assist, build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        golden = read_summaries(data) if data else load_summaries(half)
        settings = load_settings(data_dir=Path(scratch) / "data")
        engine = build_engine(settings)
        try:
            assist = build_assist(engine, settings)
            found = json.dumps(
                bench_summaries(golden, lambda each: assist.summaries.summary(SummaryRequest(each.turns, purpose))),
                ensure_ascii=False,
            )
        finally:
            engine.close()
    if as_json:
        typer.echo(found)
    else:
        Console().print_json(found)
