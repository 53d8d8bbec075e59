from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.cli.main import build_app

PLUGIN = '''"""Water the plants.

More about it.
"""
import typer

from engine.errors import {error}

app = typer.Typer()


@app.callback()
def common() -> None:
    """Water."""


@app.command()
def water(
    litres: int = 1, as_json: bool = typer.Option(False, "--json"), data_dir: str = typer.Option("", "--data-dir")
) -> None:
    """Water them."""
    if litres > 9:
        raise {error}("Too much water.", remedy="Take less.")
    typer.echo(f"litres={{litres}} json={{as_json}} data_dir={{data_dir}}")


@app.command()
def rest() -> None:
    """Let them rest."""
    typer.echo("resting")
'''


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that is installed beside ours and brings the commands `garden` and `lost`."""
    info = tmp_path / "garden_plugin-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: garden-plugin\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[knowdesk.commands]\ngarden = garden_plugin:app\nlost = no_such_module:app\n"
    )
    (tmp_path / "garden_plugin.py").write_text(PLUGIN.format(error="InvalidInput"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "garden_plugin", raising=False)
    return tmp_path


@pytest.fixture
def app(plugin: Path) -> typer.Typer:
    return build_app()


def test_help_lists_plug_ins_without_importing_them(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert "Water the plants." in result.stdout
    assert "no module no_such_module" in result.stdout
    assert "garden_plugin" not in sys.modules


def test_arguments_reach_the_plug_in_untouched(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["garden", "water", "--litres", "3", "--json"])
    assert result.stdout == "litres=3 json=True data_dir=\n"
    assert result.exit_code == 0


def test_common_options_given_before_are_handed_on(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["--json", "--data-dir", "there", "garden", "water"])
    assert result.stdout == "litres=1 json=True data_dir=there\n"


def test_a_plug_in_shows_its_own_help(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["garden", "water", "--help"])
    assert result.exit_code == 0
    assert "--litres" in result.stdout
    assert "garden water" in result.stdout


def test_errors_of_a_plug_in_are_told_like_ours(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["garden", "water", "--litres", "10"])
    assert result.exit_code == 2
    assert result.stderr == "Error: Too much water.\nTake less.\n"
    assert result.stdout == ""


def test_another_error_type_has_its_own_status(plugin: Path) -> None:
    (plugin / "garden_plugin.py").write_text(PLUGIN.format(error="BackendFailed"))
    result = CliRunner().invoke(build_app(), ["garden", "water", "--litres", "10"])
    assert result.exit_code == 1


def test_wrong_usage_of_a_plug_in_is_status_2(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, ["garden", "water", "--litres", "lots"]).exit_code == 2


def test_a_missing_plug_in_breaks_only_its_own_command(app: typer.Typer) -> None:
    assert isinstance(CliRunner().invoke(app, ["lost"]).exception, ModuleNotFoundError)
    assert CliRunner().invoke(app, ["kb", "--help"]).exit_code == 0


def test_a_plug_in_cannot_take_the_name_of_our_command(plugin: Path) -> None:
    entry_points = plugin / "garden_plugin-1.dist-info" / "entry_points.txt"
    entry_points.write_text("[knowdesk.commands]\nkb = garden_plugin:app\n")
    result = CliRunner().invoke(build_app(), ["kb", "--help"])
    assert "knowledge bases" in result.stdout
    assert "garden_plugin" not in sys.modules


@pytest.mark.parametrize("before", [["--json"], ["--data-dir", "there"], ["--config", "none.toml"]], ids=str)
def test_a_command_gets_no_option_that_it_does_not_have(app: typer.Typer, before: list[str]) -> None:
    result = CliRunner().invoke(app, [*before, "garden", "rest"])
    assert (result.exit_code, result.stdout) == (0, "resting\n")
