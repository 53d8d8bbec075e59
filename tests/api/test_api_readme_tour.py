"""The README's tour prints what the README says, but for seconds and what stands behind the points of scores."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.api.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
TOUR = (ROOT / "README.md").read_text(encoding="utf-8").partition("### Ingest, search, ask")[2].partition("\n###")[0]
BLOCKS = re.findall(r"```console\n(.*?)```\s+```text\n(.*?)```", TOUR, flags=re.DOTALL)
SECONDS = re.compile(r"\d+\.\d+\s*$")
DECIMALS = re.compile(r"(?<=\d)\.\d+")


def lines(text: str) -> list[str]:
    """Return the lines that say something, without what differs from one machine to another."""
    return [DECIMALS.sub("", SECONDS.sub("", line)).rstrip() for line in text.splitlines() if line.strip()]


def test_the_tour_prints_what_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    desk = Desk(tmp_path)
    for commands, shown in BLOCKS:
        said = [desk(*shlex.split(each.removeprefix("knowdesk "))).stdout for each in commands.strip().splitlines()]
        assert lines("".join(said)) == lines(shown)
    assert len(BLOCKS) == 3
