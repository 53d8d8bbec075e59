from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest

from engine.service import Engine
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile
from tests.api.desk import Desk

TEXT = "# Kettle\n\n## Use\n\nIt boils in {} minutes. Keep it dry.\n"


def upload(engine: Engine, name: str, minutes: str) -> None:
    file = MemoryFile(name, TEXT.format(minutes).encode())
    deque(ingest([file], target=target_of(engine, "default"), source="docs"), maxlen=0)


@pytest.fixture
def edited(open_desk: Desk, engine: Engine) -> Desk:
    """Return the command line over a knowledge base with one document of two versions."""
    for minutes in ("five", "three"):
        upload(engine, "kettle.md", minutes)
    return open_desk


def key(desk: Desk) -> str:
    (found,) = desk.json("documents", "list")["items"]
    return str(found["id"])


def test_versions_are_listed_with_their_days(edited: Desk) -> None:
    items = edited.json("documents", "versions", key(edited))["items"]
    assert [(item["version"], item["in_force"] is not None) for item in items] == [(2, True), (1, False)]
    lines = edited("documents", "versions", key(edited)).stdout.splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in lines[1:]] == [("2", "always"), ("1", "never")]


def test_versions_are_compared(edited: Desk) -> None:
    (section,) = edited.json("documents", "compare", key(edited), "1", "2")["sections"]
    assert "+It boils in three minutes. Keep it dry." in section["diff"]
    shown = edited("documents", "compare", key(edited), "1", "2").stdout
    assert "changed: Kettle › Use" in shown
    assert "-It boils in five minutes." in shown
    assert "Sections that differ: 1; that are the same: 0." in shown


def test_a_version_comes_back(edited: Desk) -> None:
    made = edited.json("documents", "rollback", key(edited), "1")
    assert (made["document"]["version"], made["document"]["uri"]) == (3, "kettle.md")
    assert "five" in edited.json("documents", "show", key(edited))["text"]
    shown = edited("documents", "rollback", key(edited), "2").stdout
    assert shown.startswith("Version 4 has the content of version 2; ")


def test_what_cannot_be_done_is_status_2(edited: Desk) -> None:
    id = key(edited)  # noqa: A001
    edited("kb", "create", "other")
    for words in (
        ("rollback", id, "2"),
        ("rollback", id, "9"),
        ("rollback", id, "0"),
        ("rollback", id),
        ("versions", "x"),
        ("versions", id, "--kb", "other"),
        ("versions", id, "--kb", "no-such"),
        ("compare", id, "1", "9"),
        ("rollback", id, "1", "--kb", "other"),
    ):
        result = edited("documents", *words, "--json")
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert result.stderr


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--kind", "page"), 1),
        (("--kind", "faq"), 0),
        (("--language", "en", "--uri", "KETT"), 1),
        (("--tag", "vip"), 0),
        (("--since", "2000-01-01"), 1),
        (("--since", "2999-01-01"), 0),
        (("--source", "nowhere"), 0),
    ],
    ids=str,
)
def test_documents_are_filtered(edited: Desk, options: tuple[str, ...], found: int) -> None:
    assert len(edited.json("documents", "list", *options)["items"]) == found


def test_duplicates_are_shown(edited: Desk, engine: Engine) -> None:
    upload(engine, "copy.md", "three")
    found = {item["uri"]: item["id"] for item in edited.json("documents", "list")["items"]}
    assert [each["uri"] for each in edited.json("documents", "show", found["copy.md"])["duplicates"]] == ["kettle.md"]
    assert "kettle.md (100%)" in edited("documents", "show", found["copy.md"]).stdout


def test_every_command_has_the_common_options(edited: Desk) -> None:
    for command in ("list", "show", "delete", "versions", "compare", "rollback"):
        shown = edited("documents", command, "--help").stdout
        assert all(option in shown for option in ("--kb", "--data-dir", "--config", "--json")), command


def test_search_shows_what_holds_on_a_day(edited: Desk, engine: Engine) -> None:
    later = MemoryFile("kettle.md", f"---\neffective_from: 2999-01-01\n---\n{TEXT.format('two')}".encode())
    deque(ingest([later], target=target_of(engine, "default"), source="docs"), maxlen=0)
    for options, minutes in (((), "three"), (("--as-of", "2999-01-01"), "two")):
        (passage,) = edited.json("search", "How long does it boil?", *options)["passages"]
        assert f"in {minutes} minutes" in passage["text"]


def test_people_are_told_of_duplicates_and_warnings(open_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT.format("five"))
    (tmp_path / "b.md").write_text(f"---\neffective_until: soon\n---\n{TEXT.format('five')}")
    shown = open_desk("ingest", str(tmp_path)).stdout
    assert "a.md says the same as b.md (100%)." in shown
    assert "b.md: effective_until is not a date" in shown
