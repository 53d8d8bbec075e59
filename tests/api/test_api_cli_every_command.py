"""What holds for every command, those of later days included: usage, settings, unknown names, failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

import engine.assembly
from api.cli.main import build_app
from engine.assembly import build_engine
from engine.errors import BackendFailed
from engine.service import Engine
from engine.settings import load_settings
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder

PLUGINS = {"bench", "calibrate", "eval"}
MAKES_ITS_KNOWLEDGE_BASE = {("ingest",), ("jobs", "list")}
LOOKS_AT_ITS_INPUT_FIRST = {("backup",), ("doctor",), ("forms", "check"), ("summarize",)}


def _leaves(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(command, TyperGroup):
        yield words, command
        return
    context: Any = None
    for name in command.list_commands(context):
        if name not in PLUGINS:
            yield from _leaves(command.get_command(context, name), (*words, name))


LEAVES = dict(_leaves(get_command(build_app())))
COMMANDS = sorted(LEAVES)


def _named(words: tuple[str, ...], option: str) -> bool:
    return any(option in each.opts for each in LEAVES[words].params)


OTHERS = [words for words in COMMANDS if words not in LOOKS_AT_ITS_INPUT_FIRST]
OVER_A_KNOWLEDGE_BASE = [words for words in OTHERS if _named(words, "--kb") and words not in MAKES_ITS_KNOWLEDGE_BASE]
CONFIGURED = [words for words in OTHERS if _named(words, "--config")]
NEEDY = [words for words in COMMANDS if any(each.required for each in LEAVES[words].params)]


def _value(parameter: Any, file: Path) -> str:
    kinds: dict[object, str] = {int: "1", Path: str(file)}
    if parameter.name == "role":
        return "bot"
    return kinds.get(parameter.type_descriptor.annotation, "x")


def filled(words: tuple[str, ...], file: Path) -> tuple[str, ...]:
    """Return a command with something for everything that it must be given."""
    needed = [each for each in LEAVES[words].params if each.required]
    options = (word for each in needed if isinstance(each, TyperOption) for word in (each.opts[0], _value(each, file)))
    arguments = (_value(each, file) for each in needed if isinstance(each, TyperArgument))
    place = (str(file),) if words == ("ingest",) else ()
    sure = ("--yes",) if _named(words, "--yes") else ()
    return (*words, *options, *arguments, *place, *sure)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "given.json"
    made.write_text("[]", encoding="utf-8")
    return made


def test_there_are_commands_of_every_sort() -> None:
    assert {("ask",), ("kb", "list"), ("intents", "import"), ("documents", "compare"), ("encoder", "adapt")} <= {
        *COMMANDS
    }
    assert len(OVER_A_KNOWLEDGE_BASE) > 15
    assert set(OVER_A_KNOWLEDGE_BASE) <= set(CONFIGURED)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_names_every_option_and_what_it_means(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk(*words, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    command = LEAVES[words]
    assert (command.help or "").strip()
    for each in command.params:
        assert getattr(each, "help", None), (words, each.name)
    assert not desk.data_dir.exists()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_option_that_there_is_not(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk(*words, "--no-such-option")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--no-such-option" in result.stderr
    assert not desk.data_dir.exists()


@pytest.mark.parametrize("words", NEEDY, ids=" ".join)
def test_what_must_be_given_is_asked_for(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Missing" in result.stderr
    assert not desk.data_dir.exists()


@pytest.mark.parametrize("words", sorted({words[0] for words in COMMANDS if len(words) == 2}))
def test_a_group_lists_its_commands(desk: Desk, words: str) -> None:
    result = desk(words)
    assert result.exit_code == 2
    assert all(name in result.output for group, name in (each for each in COMMANDS if len(each) == 2) if group == words)


@pytest.mark.parametrize("words", OVER_A_KNOWLEDGE_BASE, ids=" ".join)
def test_a_knowledge_base_that_there_is_not(shop_desk: Desk, words: tuple[str, ...], file: Path) -> None:
    result = shop_desk(*filled(words, file), "--kb", "nowhere")
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    message, remedy = result.stderr.splitlines()
    assert message == "Error: There is no knowledge base 'nowhere'."
    assert remedy == "There are: 'empty', 'shop'."


@pytest.mark.parametrize("words", CONFIGURED, ids=" ".join)
def test_settings_that_are_wrong_are_named_and_no_json_is_printed(
    desk: Desk, words: tuple[str, ...], file: Path, tmp_path: Path
) -> None:
    config = tmp_path / "wrong.toml"
    config.write_text("colour = 1", encoding="utf-8")
    as_json = ("--json",) if _named(words, "--json") else ()
    result = desk(*filled(words, file), "--config", str(config), *as_json)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    message, *remedy = result.stderr.splitlines()
    assert message.startswith("Error: ")
    assert "colour" in result.stderr
    assert remedy
    assert not desk.data_dir.exists()


@pytest.fixture
def owner(desk: Desk) -> Iterator[Engine]:
    """An engine, as of a running server, that owns the data folder."""
    built = build_engine(load_settings(data_dir=desk.data_dir), embedder=HashEmbedder())
    built.create_knowledge_base("default")
    yield built
    built.close()


@pytest.mark.parametrize("words", [*OVER_A_KNOWLEDGE_BASE, ("sentiment",), ("kb", "list")], ids=" ".join)
@pytest.mark.usefixtures("owner")
def test_beside_a_server_on_the_folder(desk: Desk, words: tuple[str, ...], file: Path) -> None:
    result = desk(*filled(words, file))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    message, *remedy = result.stderr.splitlines()
    assert message.startswith("Error: ")
    assert remedy


@pytest.mark.parametrize("words", [*OVER_A_KNOWLEDGE_BASE, ("ingest",), ("kb", "list")], ids=" ".join)
def test_what_trying_again_may_mend_is_status_1(
    desk: Desk, words: tuple[str, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise BackendFailed("The disk is full.", remedy="Make room.")

    monkeypatch.setattr(engine.assembly, "build_engine", fails)
    result = desk(*filled(words, file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: The disk is full.\nMake room.\n"
