"""What holds for every command of `knowdesk eval`, `bench` and `calibrate`: help, wrong usage, what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command
from typer.testing import CliRunner, Result

from evals.bench.cli import app as bench
from evals.cli import app as evaluation
from evals.commands.calibrate import app as calibrating

APPS = {"bench": bench, "eval": evaluation, "calibrate": calibrating}
READS_A_PATH = {"compare", "gate", "report", "judge", "validate", "retrieval", "ingest", "parsing", "sentiment"}


def _leaves(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(command, TyperGroup):
        yield words, command
        return
    for name, each in command.commands.items():
        yield from _leaves(each, (*words, name))


LEAVES = {words: leaf for name, app in APPS.items() for words, leaf in _leaves(get_command(app), (name,))}
COMMANDS = sorted(LEAVES)
NEEDY = [words for words in COMMANDS if any(each.required for each in LEAVES[words].params)]
SAMPLED = [words for words in COMMANDS if any("--limit" in each.opts for each in LEAVES[words].params)]
PATHS = [words for words in NEEDY if words[-1] in READS_A_PATH]


def run(words: tuple[str, ...], *more: str) -> Result:
    result = CliRunner().invoke(APPS[words[0]], [*words[1:], *more])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def filled(words: tuple[str, ...], path: Path) -> list[str]:
    """Return something for everything that a command must be given: `path` for files and folders."""
    given = list[str]()
    for each in LEAVES[words].params:
        if each.required:
            value = {int: "1"}.get(each.type_descriptor.annotation, str(path))
            given += [each.opts[0], value] if isinstance(each, TyperOption) else [value]
            assert isinstance(each, TyperOption | TyperArgument)
    return given


def test_there_are_commands_of_every_sort() -> None:
    assert {("eval", "run"), ("bench", "peers"), ("bench", "promises"), ("calibrate",)} <= set(COMMANDS)
    assert len(COMMANDS) > 30
    assert len(PATHS) > 5
    assert SAMPLED


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does_and_prints_json_if_told_to(words: tuple[str, ...]) -> None:
    result = run(words, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (LEAVES[words].help or "").strip().partition("\n")[0].rstrip().endswith((".", ":"))
    silent = [each.name for each in LEAVES[words].params if not getattr(each, "help", None)]
    assert silent == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_option_that_there_is_not(words: tuple[str, ...]) -> None:
    result = run(words, "--no-such-option")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--no-such-option" in result.stderr


@pytest.mark.parametrize("words", NEEDY, ids=" ".join)
def test_what_must_be_given_is_asked_for(words: tuple[str, ...]) -> None:
    result = run(words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Missing" in result.stderr


@pytest.mark.parametrize("words", PATHS, ids=" ".join)
def test_a_path_to_nothing_is_named_with_what_to_do(words: tuple[str, ...], tmp_path: Path) -> None:
    result = run(words, *filled(words, tmp_path / "nothing-here"))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "nothing-here" in result.stderr.replace("\n", "")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("words", SAMPLED, ids=" ".join)
@pytest.mark.parametrize("limit", ["none", "0", "-3"])
def test_a_sample_has_a_size(words: tuple[str, ...], limit: str, tmp_path: Path) -> None:
    result = run(words, *filled(words, tmp_path), "--limit", limit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--limit" in result.stderr
