"""Measure retrieval and answers on your own data; compare, report, gate and judge runs."""

from __future__ import annotations

from collections.abc import Callable

import typer

from evals.commands import compare, data, dialogues, export, gate, judge, languages, measure, report, run
from evals.subject import System

__all__ = ["app", "build_app"]


def build_app(open_system: Callable[[], System]) -> typer.Typer:
    """Return the commands over the system that `open_system` makes when one of them runs."""
    app = typer.Typer(
        help="Measure retrieval and answers on your own data; compare, report, gate and judge runs.",
        no_args_is_help=True,
        add_completion=False,
    )
    for command in (measure, run, dialogues, languages):
        command.register(app, open_system)
    for command in (compare, gate, report, data, export, judge):
        command.register(app)
    return app


def _engine() -> System:
    from evals.engine_system import engine_system  # loads every adapter, which other commands need not wait for

    return engine_system()


app = build_app(_engine)
