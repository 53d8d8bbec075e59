"""Commands of other packages: entry points of the group `knowdesk.commands`, imported when they are used."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from api.cli.session import given

__all__ = ["GROUP", "plugin_commands"]

GROUP: Final = "knowdesk.commands"
PASS_ON: Final = {
    "allow_extra_args": True,
    "allow_interspersed_args": False,
    "help_option_names": [],
    "ignore_unknown_options": True,
}


def plugin_commands() -> Mapping[str, Any]:
    """Return a command for each entry point, by name; what an entry point names is a `typer.Typer`.

    A plug-in reads its own arguments; common options given before its name are handed on to it.
    """
    app = typer.Typer(add_completion=False)
    for point in sorted(entry_points(group=GROUP)):
        app.command(point.name, help=_summary(point), context_settings=dict(PASS_ON))(_runner(point))
    return get_group(app).commands


def _runner(point: EntryPoint) -> Callable[[typer.Context], None]:
    def run(ctx: typer.Context) -> None:
        command = meant = get_command(point.load())
        for word in ctx.args:
            if not isinstance(meant, TyperGroup) or word not in meant.commands:
                break
            meant = meant.commands[word]
        accepted = {option for parameter in meant.params for option in parameter.opts}
        command.main(args=[*ctx.args, *given(ctx, accepted)], prog_name=ctx.command_path)

    return run


def _summary(point: EntryPoint) -> str:
    """Return the first line of the module's docstring, read without running the module."""
    spec = find_spec(point.module)
    if spec is None or spec.origin is None:
        return f"Broken: there is no module {point.module}."
    docstring = ast.get_docstring(ast.parse(Path(spec.origin).read_bytes())) or ""
    return docstring.partition("\n")[0]
