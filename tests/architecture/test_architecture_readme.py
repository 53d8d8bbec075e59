"""What the README and the guides say is so: settings, formats, commands, links."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from typer.main import get_command

from api.cli.main import build_app
from api.cli.plugins import GROUP
from engine.settings import Settings
from ingestion.parsers.registry import parsers
from ingestion.sources.storage import _EXTRAS

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("[!.]*/README.md")))}
README = "\n".join(PAGES.values())
CANONICAL = (".case", ".transcript")  # made by ingestion itself, for nobody to write


def shown(value: object) -> str:
    """Return a default as the table shows it."""
    if isinstance(value, SecretStr) or value in ("", (), None):
        return ""
    if isinstance(value, bool | int | float):
        return f"`{json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)}`"
    return f"`{', '.join(value) if isinstance(value, tuple) else value}`"


def row(name: str, field: FieldInfo) -> str:
    return f"| `KNOWDESK_{name.upper()}` | {shown(field.default)} | {field.description} |"


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of every `knowdesk` command in the console blocks; $(…), variables before it and pipes go."""
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            called = re.search(r"(?:^|[ &])(?:\.venv/bin/)?knowdesk (.*)", line.removeprefix("$ "))
            if called:
                yield shlex.split(re.split(r" (?:\||&&|&|>)(?: |$)", called[1])[0], comments=True)


def parse(words: list[str]) -> None:
    """Parse a command line without running it; raises what a user would be told."""
    plugins = {point.name: point for point in entry_points(group=GROUP)}
    command: Any = get_command(plugins[words[0]].load() if words[0] in plugins else build_app())
    left = words[1:] if words[0] in plugins else words
    context: Any = None
    while hasattr(command, "resolve_command"):
        context = command.make_context(command.name or "knowdesk", left, parent=context, allow_extra_args=True)
        _, command, left = command.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(command.name, left, parent=context)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_its_row(name: str) -> None:
    assert row(name, Settings.model_fields[name]) in README.splitlines()


def test_no_row_names_a_setting_that_is_gone() -> None:
    named = re.findall(r"^\| `KNOWDESK_(\w+)`", README, flags=re.MULTILINE)
    assert [name.lower() for name in named] == list(Settings.model_fields)


def test_no_text_names_a_setting_that_is_gone() -> None:
    named = {name.lower() for name in re.findall(r"KNOWDESK_([A-Z_]+[A-Z])", README)}
    assert named - set(Settings.model_fields) == set()


def test_every_format_has_its_endings_in_the_table() -> None:
    endings = {ending for parser in parsers() for ending in parser.extensions}
    assert {ending for ending in endings if f"`{ending}`" not in README and not ending.endswith(CANONICAL)} == set()


def test_every_storage_has_its_scheme_and_extra() -> None:
    assert [extra for extra in set(_EXTRAS.values()) if f"| `{extra}` |" not in README] == []


def test_there_are_commands_to_check() -> None:
    assert len(list(commands(README))) > 20


@pytest.mark.parametrize("words", list(commands(README)), ids=" ".join)
def test_every_command_can_be_given(words: list[str]) -> None:
    parse(words)


@pytest.mark.parametrize("words", [["ask"], ["ask", "x", "--nope"], ["nope"], ["eval", "nope"], ["eval", "run"]])
def test_a_wrong_command_would_be_seen(words: list[str]) -> None:
    with pytest.raises(Exception, match=r"(?i)missing|no such"):
        parse(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)\s]+)\)", PAGES[page]):
        file, _, heading = target.partition("#")
        aim = (page.parent / file).resolve()
        assert aim.exists(), target
        assert not heading or heading in anchors(aim), target


def anchors(page: Path) -> set[str]:
    """Return what the headings of a page are reached by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}


def test_the_readme_leads_to_every_guide() -> None:
    aims = {(ROOT / target).resolve() for target in re.findall(r"\]\(([\w/]+\.md)\)", PAGES[ROOT / "README.md"])}
    assert PAGES.keys() - aims <= {ROOT / "README.md"}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make ([\w ]+?)(?: +#|$)", README, flags=re.MULTILINE))))
def test_every_make_target_is_there(target: str) -> None:
    there = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(target.split()) <= set(there)
