"""Command: `knowdesk bench kill`."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.kills.run import Outage, bench_kills
from evals.commands.common import AsJson, reported_errors

__all__ = ["kill_command", "told"]


def kill_command(
    *,
    kills: Annotated[int, typer.Option("--kills", min=1, help="How many times to kill the service.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same writes and moments.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Kill a service under writes with SIGKILL, start it again, look for every acknowledged write, repeat them all.

    Exit status 1 if one is lost, there twice, or replied to otherwise when it is sent again with its idempotency key.
    """
    say = Console(stderr=True).print
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        outages = list(bench_kills(Path(scratch) / "data", kills=kills, seed=seed, say=say))
    found = told(outages)
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))
    if found["faults"]:
        raise typer.Exit(1)


def told(outages: list[Outage]) -> dict[str, object]:
    """Return the document that is printed."""
    total = Counter[str]()
    for each in outages:
        total.update(each.acknowledged)
    return {
        "kills": len(outages),
        "acknowledged": dict(sorted(total.items())),
        "unanswered": sum(each.unanswered for each in outages),
        "kill_moments_s": [round(each.after_s, 2) for each in outages],
        "ready_again_s": round(max((each.ready_again_s for each in outages), default=0.0), 1),
        "faults": [fault for each in outages for fault in each.faults],
    }
