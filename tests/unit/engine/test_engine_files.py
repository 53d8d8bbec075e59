"""What is in a file is whole: the old content or the new."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.files import replacing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("before", [None, "old"])
def test_the_draft_takes_the_place(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "state.json"
    if before:
        path.write_text(before)
    with replacing(path) as draft:
        draft.write_text("new")
        assert path.exists() == bool(before)
        assert not before or path.read_text() == "old"
    assert (path.read_text(), names(tmp_path)) == ("new", ["state.json"])


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "state.json"
    path.write_text("old")

    def failing() -> None:
        with replacing(path) as draft:
            draft.write_text("ha")
            raise error

    with pytest.raises(error):
        failing()
    assert (path.read_text(), names(tmp_path)) == ("old", ["state.json"])


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("old")
    with pytest.raises(FileNotFoundError), replacing(path):
        pass
    assert path.read_text() == "old"


def test_a_draft_that_a_killed_process_left_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with replacing(path) as draft:
        left = draft
        draft.write_text("one")
    left.write_text("a long half of a draft")
    with replacing(path) as draft:
        draft.write_text("two")
    assert (path.read_text(), names(tmp_path)) == ("two", ["state.json"])


def test_the_draft_lies_beside_it_hidden_with_the_same_ending(tmp_path: Path) -> None:
    path = tmp_path / "teacher.npy"
    with replacing(path) as draft:
        assert (draft.parent, draft.suffix, draft.name[0]) == (tmp_path, ".npy", ".")
        draft.write_bytes(b"1")


def test_it_is_on_the_disk_before_it_takes_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, order = tmp_path / "state.json", list[str]()
    real = os.fsync

    def sync(file: int) -> None:
        order.append("late" if path.exists() else "on disk")
        real(file)

    monkeypatch.setattr(os, "fsync", sync)
    with replacing(path) as draft:
        draft.write_text("new")
    assert (order, path.read_text()) == (["on disk"], "new")
