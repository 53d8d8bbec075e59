"""Commands that are loaded when they are needed: most of a short command's time would go into loading the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

__all__ = ["LazyGroup"]


class LazyGroup(TyperGroup):
    """A group whose commands are named by `lazy`; commands that were added to it are hidden by those.

    `lazy` gives, for each name, "module:attribute" of a function or of a `typer.Typer`, and the epilog of its help.
    """

    lazy: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*(name for name in super().list_commands(ctx) if name not in self.lazy), *self.lazy]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None if there is none of that name."""
        return _loaded(cmd_name, *self.lazy[cmd_name]) if cmd_name in self.lazy else super().get_command(ctx, cmd_name)


def _loaded(name: str, path: str, epilog: str) -> Any:
    module, _, attribute = path.partition(":")
    found: typer.Typer | Callable[..., None] = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        command: Any = get_group(found)
    else:
        alone = typer.Typer(add_completion=False)
        alone.command(name, epilog=epilog)(found)
        command = get_command(alone)
    command.name = name
    return command
