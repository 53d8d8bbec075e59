"""Command: `knowdesk bench promises`."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from engine.checks import CheckRequest, Checks
from engine.domain.check import PromiseVerdict
from engine.domain.search import SearchFilter
from engine.service import Engine
from evals.bench.latency import Latency, time_calls
from evals.bench.promises import bench_promises
from evals.bench.sample import ingest_folder
from evals.commands.common import reported_errors
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.promises import load_replies

__all__ = ["promises_command"]

KNOWLEDGE_BASE = "bench"
CHARS = 500
AS_OF = date(2026, 6, 1)  # a day on which the sample's policies hold


def promises_command(
    *,
    half: Annotated[Literal["development", "reported"], typer.Option("--half", help="Which replies.")] = "reported",
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Data folder with the sample in knowledge base `bench`; else made."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Find the promises of golden replies about the sample shop, and compare them with its policies.

    The rules were written with the development half, so report the other one.
    """
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        replies = load_replies(SAMPLE_FOLDER / "golden" / "promises" / half)
        engine = build_engine(load_settings(data_dir=data_dir or Path(scratch) / "data"))
        try:
            if not any(found.name == KNOWLEDGE_BASE for found in engine.parts.knowledge.knowledge_bases()):
                ingest_folder(engine, KNOWLEDGE_BASE)
            scores = bench_promises(replies, lambda reply: _judged(engine, reply.text, reply.language))
            found = scores.as_json() | {
                "check_500_chars": asdict(_speed(engine.checks, [reply.text for reply in replies]))
            }
        finally:
            engine.close()
    text = json.dumps(found)
    if as_json:
        typer.echo(text)
    else:
        Console().print_json(text)


def _judged(engine: Engine, text: str, language: str) -> tuple[PromiseVerdict, ...]:
    request = CheckRequest(text=text, language=language, filter=SearchFilter(as_of=AS_OF))
    return engine.checks.check(KNOWLEDGE_BASE, request).promises


def _speed(checks: Checks, replies: Sequence[str]) -> Latency:
    """Time the checking of 500 characters of replies but for the search for policies, in processor time."""
    quick = Checks(replace(checks.parts, search=lambda *_: ()))
    joined = " ".join(replies)
    texts = [joined[at : at + CHARS] for at in range(0, len(joined) - CHARS, CHARS)]
    return time_calls(
        lambda text: quick.check(KNOWLEDGE_BASE, CheckRequest(text=text)), texts, warm_up=3, clock=time.process_time
    )
