"""Every threat that is written down has a test, and it is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "deploy/THREATS.md").read_text(encoding="utf-8")
STRIDE = (
    "Spoofing",
    "Tampering",
    "Repudiation",
    "Information disclosure",
    "Denial of service",
    "Elevation of privilege",
)


def rows(heading: str) -> list[list[str]]:
    """Return the cells of each threat under a heading."""
    part = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    (found,) = (each for each in part if each.startswith(f"{heading}\n"))
    lines = [line for line in found.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


THREATS = [(heading, row) for heading in STRIDE for row in rows(heading)]


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("heading", STRIDE)
def test_every_kind_of_threat_is_thought_of(heading: str) -> None:
    assert len(rows(heading)) >= 3


@pytest.mark.parametrize(("heading", "row"), THREATS, ids=lambda value: value[0] if isinstance(value, list) else value)
def test_every_threat_has_a_protection_and_a_test_that_is_there(heading: str, row: list[str]) -> None:
    threat, protection, test = row
    assert threat
    assert protection
    named = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", test)
    assert named, (heading, test)
    assert (ROOT / named[1]).is_file(), named[1]
    assert named[2] in names_in(named[1]), test


def test_no_threat_is_told_twice() -> None:
    told = [row[0] for _, row in THREATS]
    assert len(set(told)) == len(told)
