"""Command: `knowdesk bench contradictions`."""

from __future__ import annotations

import json
import time
from typing import Annotated, Literal

import typer
from rich.console import Console

from engine.domain.upkeep import Contradiction, StaleReason
from engine.insights.reviewing import find_contradictions
from engine.insights.staleness import find_stale
from evals.bench.contradictions.generating import DEVELOPMENT, REPORTED, World, generated
from evals.bench.contradictions.knowledge import AS_OF, KNOWLEDGE_BASE, ingested, sample_knowledge
from evals.bench.contradictions.measuring import measure
from evals.commands.common import reported_errors

__all__ = ["contradictions_command"]

SURER = 0.6
"""Confidence for those who would rather miss some than look at many."""


def contradictions_command(
    *,
    half: Annotated[Literal["development", "reported"], typer.Option("--half", help="Which wordings.")] = "reported",
    seed: Annotated[int, typer.Option("--seed", help="Of the generated pages.")] = 2,
    show: Annotated[bool, typer.Option("--show", help="Tell what was found wrongly on stderr.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Find contradictions and expired pages planted in generated pages and conversations, and look at the sample.

    The model was fitted on the development wordings, so report the others. `sample` is what is found in the sample
    knowledge base, where nothing was planted.
    """
    with reported_errors():
        world = generated(seed, DEVELOPMENT if half == "development" else REPORTED)
        scores, wrong = _measured(world)
        with sample_knowledge() as engine:
            flagged = find_contradictions(engine, KNOWLEDGE_BASE, day=AS_OF)
    if show:
        _tell(wrong)
        _tell(flagged)
    surer = sum(each.confidence >= SURER for each in flagged)
    text = json.dumps({**scores, "sample": len(flagged), f"sample_from_{SURER}": surer})
    if as_json:
        typer.echo(text)
    else:
        Console().print_json(text)


def _measured(world: World) -> tuple[dict[str, object], tuple[Contradiction, ...]]:
    with ingested(world) as engine:
        began = time.perf_counter()
        found = find_contradictions(engine, KNOWLEDGE_BASE)
        seconds = time.perf_counter() - began
        stale = find_stale(engine, KNOWLEDGE_BASE)
    scores = measure(world, found)
    expired = {each.uri for each in stale if each.reason is StaleReason.EXPIRED}
    told: dict[str, object] = {"files": len(world.files), "statements": len(world.stated), "seconds": round(seconds, 1)}
    outdated = {"expired_planted": len(world.expired), "expired_found": len(expired & set(world.expired))}
    surer = measure(world, [each for each in found if each.confidence >= SURER]).as_json()
    told |= {f"{name}_from_{SURER}": surer[name] for name in ("recall", "precision")}
    return {**scores.as_json(), **outdated, "expired_wrong": len(expired - set(world.expired)), **told}, scores.wrong


def _tell(found: tuple[Contradiction, ...] | list[Contradiction]) -> None:
    for each in found:
        typer.echo(
            f"{each.confidence:.2f} {each.one.uri}: {each.one.quote} | {each.other.uri}: {each.other.quote}", err=True
        )
