from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.sources import open_source
from ingestion.sources.folder import is_passing


@pytest.mark.parametrize(
    "name",
    [
        *(".hidden", ".a.md.swp", "~$letter.docx", "a.md~", "#a.md#", ".#a.md", "film.part", "a.pdf.crdownload"),
        *("A.TMP", "x.temp", "a.swp", "a.filepart", ".goutputstream-ABC", ".DS_Store"),
    ],
)
def test_names_of_what_is_no_document(name: str) -> None:
    assert is_passing(name)


@pytest.mark.parametrize(
    "name", ["a.md", "temp.md", "part.html", "a~b.txt", "#1 question.md", "tmp", "中文.docx", "a.part.md"]
)
def test_names_of_documents(name: str) -> None:
    assert not is_passing(name)


def test_a_folder_that_may_not_be_looked_into_is_named_and_deletes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.md").write_text("A")
    plain = os.scandir

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)
    source = open_source(tmp_path)
    assert [file.uri for file in source.files] == ["a.md", "locked"]
    assert not source.complete
    with pytest.raises(InvalidInput, match="locked cannot be listed: Permission denied"):
        source.files[1].read()


def test_a_file_or_folder_that_vanishes_meanwhile_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("A")
    (tmp_path / "b.md").write_text("B")
    (tmp_path / "sub").mkdir()
    plain = os.scandir

    def scandir(path: Path) -> list[os.DirEntry[str]]:
        found = list(plain(path))
        (tmp_path / "b.md").unlink(missing_ok=True)
        if (tmp_path / "sub").exists():
            (tmp_path / "sub").rmdir()
        return [entry for entry in found if entry.name != "sub"]

    monkeypatch.setattr(os, "scandir", scandir)
    source = open_source(tmp_path)
    assert [file.uri for file in source.files] == ["a.md"]
    assert source.complete
