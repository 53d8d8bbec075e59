"""Commands that are loaded when they are needed."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from api.cli.lazy import LazyGroup
from api.cli.main import COMMANDS

SHOP = '''"""A shop."""

import typer

app = typer.Typer(help="All about tea.")


@app.callback()
def common() -> None:
    """All about tea."""


@app.command()
def pour(cups: int = 1) -> None:
    """Pour tea."""
    typer.echo(f"{cups} cups")


def greet(name: str = "you") -> None:
    """Greet somebody."""
    typer.echo(f"Hello {name}")
'''


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """A command line with lazy commands of a module `tea_shop`, and two that were added."""
    (tmp_path / "tea_shop.py").write_text(SHOP)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tea_shop", raising=False)

    class Commands(LazyGroup):
        lazy: ClassVar = {"greet": ("tea_shop:greet", "Example: greet --name Li"), "tea": ("tea_shop:app", "")}

    made = typer.Typer(cls=Commands)

    @made.command("added")
    def added() -> None:
        """Come first."""
        typer.echo("added")

    @made.command("tea")
    def hidden() -> None:
        """Be hidden."""
        typer.echo("hidden")

    return made


def _run(app: typer.Typer, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_a_function_and_a_group_are_run(app: typer.Typer) -> None:
    assert _run(app, "greet", "--name", "Li") == (0, "Hello Li\n")
    assert _run(app, "tea", "pour", "--cups", "3") == (0, "3 cups\n")


def test_a_command_of_ours_hides_one_that_was_added(app: typer.Typer) -> None:
    assert _run(app, "tea", "pour") == (0, "1 cups\n")
    assert _run(app, "added") == (0, "added\n")


def test_nothing_is_loaded_that_is_not_needed(app: typer.Typer) -> None:
    assert _run(app, "added") == (0, "added\n")
    assert "tea_shop" not in sys.modules
    assert _run(app, "greet")[0] == 0
    assert "tea_shop" in sys.modules


def test_help_names_all_each_once(app: typer.Typer) -> None:
    status, shown = _run(app, "--help")
    assert status == 0
    for line in ("Come first.", "Greet somebody.", "All about tea."):
        assert shown.count(line) == 1
    assert "hidden" not in shown


def test_the_epilog_stands_under_the_help(app: typer.Typer) -> None:
    assert "Example: greet --name Li" in _run(app, "greet", "--help")[1]


def test_an_unknown_command_is_wrong_usage(app: typer.Typer) -> None:
    assert _run(app, "coffee")[0] == 2


def test_no_group_offers_to_install_completion(app: typer.Typer) -> None:
    assert "completion" not in _run(app, "tea", "--help")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_exists_and_says_what_it_does(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    found: Any = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        group: Any = get_command(found)
        assert isinstance(group, TyperGroup)
        assert group.help
    else:
        assert found.__doc__


def test_one_command_does_not_load_another() -> None:
    code = "import sys, typer, api.cli.main as m; g = typer.main.get_command(m.build_app()); g.get_command(None, 'ask')"
    out = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "api.cli.ask" in out
    assert {"api.cli.triage", "api.cli.words", "engine.domain.triage"}.isdisjoint(out)
