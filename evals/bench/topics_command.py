"""Command: `knowdesk bench topics`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from engine.errors import InvalidInput
from evals.bench.conversations_gaps import conversations
from evals.bench.forecast import bench_forecast
from evals.bench.sample import ingest_folder
from evals.bench.topics import bench_scale, bench_topics
from evals.commands.common import reported_errors
from evals.datasets.intents import Message, load_banking
from evals.sampling import halves

if TYPE_CHECKING:
    from engine.assist.service import Assist
    from engine.settings import Settings

__all__ = ["topics_command"]

KNOWLEDGE_BASE = "bench"


def topics_command(  # noqa: PLR0913
    *,
    data: Annotated[Path | None, typer.Option("--data", help="CSV file with columns text and category.")] = None,
    scale: Annotated[int, typer.Option("--scale", min=0, help="So many generated conversations, then 1% more.")] = 0,
    series: Annotated[int, typer.Option("--series", min=0, help="Forecast so many generated series.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="What chance begins with.")] = 1,
    tune: Annotated[bool, typer.Option("--tune", help="On the half of the questions that is for tuning.")] = False,
    bundled: Annotated[bool, typer.Option("--bundled", help="By the bundled encoder alone, without MiniLM.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Compare topics with labels, and ids before and after a tenth more; time and memory at scale; the forecast."""
    found: dict[str, object] = {}
    with reported_errors():
        if data:
            parts = halves(load_banking(data), seed=seed, key=lambda each: f"{each.intent} {each.text}")
            found["topics"] = _topics(parts[0 if tune else 1], "bundled" if bundled else "both")
        if scale:
            found["scale"] = _scale(scale, seed, "bundled" if bundled else "both")
        if series:
            found["forecast"] = bench_forecast(series, seed=seed)
        if not found:
            raise InvalidInput("There is nothing to measure.", remedy="Give --data, --scale or --series.")
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))


def _topics(messages: tuple[Message, ...], encoder: str) -> dict[str, object]:
    with _assist(encoder) as (assist, settings):
        return bench_topics(assist, settings, KNOWLEDGE_BASE, messages)


def _scale(count: int, seed: int, encoder: str) -> dict[str, object]:
    asked = [each.exchange for each in conversations("reported", count + count // 100, seed=seed)]
    with _assist(encoder) as (assist, settings):
        ingest_folder(assist.engine, KNOWLEDGE_BASE)
        return bench_scale(assist, settings, KNOWLEDGE_BASE, asked)


@contextmanager
def _assist(encoder: str) -> Iterator[tuple[Assist, Settings]]:
    """Give what reads questions, over a knowledge base that is empty at first."""
    from engine.assembly import build_assist, build_engine
    from engine.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        settings = load_settings(data_dir=Path(scratch) / "data", intent_encoder=encoder)
        engine = build_engine(settings)
        try:
            engine.create_knowledge_base(KNOWLEDGE_BASE)
            yield build_assist(engine, settings), settings
        finally:
            engine.close()
