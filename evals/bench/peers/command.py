"""Command: `knowdesk bench peers`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.errors import InvalidInput
from evals.bench.peers.contract import SYSTEMS, check_installed
from evals.bench.peers.models import MINILM, OURS, find_model
from evals.bench.peers.process import Job
from evals.bench.peers.report import peers_page, show_peers
from evals.bench.peers.running import bench_peers
from evals.commands.common import AsJson, Limit, Seed, reported_errors, show
from evals.datasets.beir import beir_folders, splits

__all__ = ["EXAMPLES", "peers_command"]

EXAMPLES = """Examples:

knowdesk bench peers --data retrieval/support --html peers.html

knowdesk bench peers --data retrieval/support --split en --only knowdesk --only haystack-hybrid --limit 100
"""
Data = Annotated[list[Path], typer.Option("--data", help="BEIR folder, or a folder of such; repeatable.")]
Split = Annotated[
    list[str] | None, typer.Option("--split", help="File in qrels/, without .tsv; repeatable; default: all there are.")
]
Only = Annotated[list[str] | None, typer.Option("--only", help=f"Repeatable; of {', '.join(SYSTEMS)}.")]
ModelName = Annotated[str, typer.Option("--model", help=f"{OURS}, {MINILM}, or a sentence-transformers folder.")]
Documents = Annotated[
    int | None, typer.Option("--documents", min=1, help="Take a seeded sample of this many documents.")
]
TimeLimit = Annotated[float, typer.Option("--time-limit", help="Seconds that a system may take for a data set.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write one page with plots and tables to this file.")]


def peers_command(  # noqa: PLR0913
    *,
    data: Data,
    split: Split = None,
    only: Only = None,
    model: ModelName = OURS,
    limit: Limit = None,
    documents: Documents = None,
    seed: Seed = 13,
    time_limit: TimeLimit = 1800.0,
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """Compare retrieval with Haystack, LlamaIndex and txtai: the same corpus, the same encoder, a process each.

    Exit status 1 if a system fails; the others are told all the same.
    """
    with reported_errors():
        names = _names(only or [])
        find_model(model)
        folders = [folder for each in data for folder in beir_folders(each)]
        jobs = [
            Job(name, SYSTEMS[name], folder, model, _splits(folder, split), limit, documents, seed)
            for folder in folders
            for name in names
        ]
        with Console(stderr=True).status("measuring") as status:
            outcomes = list(bench_peers(jobs, time_limit_s=time_limit, say=status.update))
        if html:
            html.write_text(peers_page(outcomes), encoding="utf-8")
        show({"results": [each.as_json() for each in outcomes]}, show_peers(outcomes), as_json=as_json)
    if any(each.failure for each in outcomes):
        raise typer.Exit(1)


def _names(only: list[str]) -> list[str]:
    """Return the systems that are asked for; InvalidInput for an unknown one, Misconfigured for one not installed."""
    unknown = [name for name in only if name not in SYSTEMS]
    if unknown:
        raise InvalidInput(f"There is no system {unknown[0]!r}.", remedy=f"Choose of {', '.join(SYSTEMS)}.")
    names = only or list(SYSTEMS)
    check_installed(SYSTEMS[name] for name in names)
    return names


def _splits(folder: Path, wanted: list[str] | None) -> tuple[str, ...]:
    """Return the splits of the folder that are wanted; InvalidInput if there are none of them."""
    there = splits(folder)
    found = tuple(name for name in there if not wanted or name in wanted)
    if not found:
        raise InvalidInput(f"{folder.name} has none of these splits.", remedy=f"Choose of {', '.join(there)}.")
    return found
