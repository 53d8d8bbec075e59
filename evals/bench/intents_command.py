"""Command: `knowdesk bench intents`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.assist.triage.encoding import MessageEncoder
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput
from engine.languages.detection import ScriptDetector
from evals.bench.intents import bench_intents
from evals.commands.common import reported_errors
from evals.datasets.intents import few, load_intents, tuning_split

__all__ = ["intents_command"]


class _English(ScriptDetector):
    """Both sets are English throughout; short messages are not to be taken for something else."""

    def detect(self, text: str) -> str:
        """Return "en"."""
        return "en" if text else "und"


def intents_command(
    *,
    data: Annotated[Path, typer.Option("--data", help="Folder with banking77.train.csv and clinc150.*.jsonl.")],
    only: Annotated[str, typer.Option("--only", help="banking77 or clinc150; default: both.")] = "",
    examples: Annotated[int, typer.Option("--examples", min=0, help="At most so many an intent; 0: all.")] = 0,
    bundled: Annotated[bool, typer.Option("--bundled", help="By the bundled encoder alone, without MiniLM.")] = False,
    tune: Annotated[bool, typer.Option("--tune", help="Use training data alone: a fifth of it is held out.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Learn intents from examples; accuracy on messages held out, and how well those without an intent are told."""
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder

    second = None if bundled else SentenceTransformerEmbedder()
    encoder = MessageEncoder(StaticEmbedder(), second, _English())
    found: dict[str, object] = {}
    with reported_errors():
        if only not in ("", "banking77", "clinc150"):
            raise InvalidInput(
                f"There is no set {only!r}.", remedy="Choose banking77 or clinc150, or leave --only out."
            )
        for each in load_intents(data):
            if only in ("", each.name):
                used = tuning_split(each) if tune else each
                found[each.name] = bench_intents(encoder, replace(used, train=few(used.train, examples)))
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))
