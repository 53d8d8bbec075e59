"""Command: `knowdesk bench sentiment`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from engine.embedding.static import StaticEmbedder
from evals.bench.sentiment import bench_sentiment
from evals.commands.common import reported_errors
from evals.datasets.sentiment import load_moods, read_moods

__all__ = ["sentiment_command"]


def sentiment_command(
    *,
    half: Annotated[
        Literal["development", "reported"], typer.Option("--half", help="Half of the sample's golden messages.")
    ] = "reported",
    data: Annotated[Path | None, typer.Option("--data", help="Folder with *.jsonl of your own, as the sample.")] = None,
    model: Annotated[str, typer.Option("--model", help="A transformers classifier instead, name or path.")] = "",
    cues_only: Annotated[bool, typer.Option("--cues-only", help="Leave out the encoder's vector.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Read the mood of golden messages; the weights were fitted on the development half, so report the other."""
    from engine.assist.sentiment.reader import CueMoodReader
    from engine.assist.sentiment.transformer import TransformerMoodReader

    with reported_errors():
        moods = read_moods(data) if data else load_moods(half)
        reader = TransformerMoodReader(model) if model else CueMoodReader(None if cues_only else StaticEmbedder())
        found = json.dumps(bench_sentiment(reader, moods))
    if as_json:
        typer.echo(found)
    else:
        Console().print_json(found)
