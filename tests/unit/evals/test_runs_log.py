"""Logs survive being cut off anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InvalidInput
from evals.runs.case import CASE, Case
from evals.runs.log import Log, read_log
from tests.unit.evals.run_builders import case


def write(path: Path, *cases: Case) -> None:
    log = Log(path, CASE)
    for each in cases:
        log.append(each)
    log.close()


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    cases = (case("a", {"containment": 1.0}), case("b", slices={"language": "ja"}, answer=None, expected=("保修",)))
    write(tmp_path / "log", *cases)
    assert tuple(read_log(tmp_path / "log", CASE)) == cases


def test_a_missing_log_is_empty(tmp_path: Path) -> None:
    assert list(read_log(tmp_path / "none", CASE)) == []


def test_each_value_is_in_the_file_at_once(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", CASE)
    log.append(case("a"))
    assert [each.id for each in read_log(tmp_path / "log", CASE)] == ["a"]
    log.close()


def test_a_log_that_was_cut_anywhere_loses_the_last_value_only(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write(whole, case("a"), case("b"))
    data, first = whole.read_bytes(), whole.read_bytes().index(b"\n") + 1
    for length in range(first, len(data)):
        cut = tmp_path / "cut"
        cut.write_bytes(data[:length])
        assert [each.id for each in read_log(cut, CASE)] == ["a"]
        write(cut, case("c"))
        assert [each.id for each in read_log(cut, CASE)] == ["a", "c"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    write(tmp_path / "log", case("a"))
    with (tmp_path / "log").open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(InvalidInput, match="log, line 2: not a record of a run"):
        list(read_log(tmp_path / "log", CASE))
