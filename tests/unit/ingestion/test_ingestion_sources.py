from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import InvalidInput, NotFound
from ingestion.sources import MemoryFile, SourceFile, open_source


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}")


def test_a_folder_is_walked_in_the_order_of_its_uris(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.txt", "a/b/c.html", "A.md", "中文/说明.md")
    source = open_source(tmp_path)
    assert [file.uri for file in source.files] == ["A.md", "a/b/c.html", "a/z.txt", "b.md", "中文/说明.md"]
    assert source.complete
    assert source.name == tmp_path.resolve().as_posix()


def test_hidden_files_and_lock_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "seen.md", ".hidden.md", ".git/config.txt", "sub/.DS_Store", "~$letter.docx")
    assert [file.uri for file in open_source(tmp_path).files] == ["seen.md"]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "docs/a.md", "other/b.md")
    (tmp_path / "docs" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "docs" / "other").symlink_to(tmp_path / "other", target_is_directory=True)
    (tmp_path / "docs" / "broken.md").symlink_to(tmp_path / "gone.md")
    uris = [file.uri for file in open_source(tmp_path / "docs").files]
    assert uris == ["a.md", "loop/other/b.md", "other/b.md"]


def test_a_file_alone_belongs_to_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    alone, whole = open_source(tmp_path / "a.md"), open_source(tmp_path)
    assert [file.uri for file in alone.files] == ["a.md"]
    assert alone.name == whole.name
    assert not alone.complete
    assert alone.files[0].uri == whole.files[0].uri


def test_a_relative_path_means_the_same_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "docs/a.md")
    monkeypatch.chdir(tmp_path)
    assert open_source(Path("docs")).name == open_source(tmp_path / "docs").name
    assert open_source(Path("docs/a.md")).name == open_source(tmp_path / "docs").name
    assert open_source(Path("docs/a.md")).files[0].uri == "a.md"


def test_an_empty_folder_is_a_complete_source_of_nothing(tmp_path: Path) -> None:
    assert open_source(tmp_path).files == ()


def test_nothing_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file or folder .*missing"):
        open_source(tmp_path / "missing")


def test_source_file_reads_its_bytes(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (file,) = open_source(tmp_path).files
    assert file.read() == b"Text of a.md"
    assert file.size == len(b"Text of a.md")
    assert file.name == "a.md"
    assert file.title == ""


def test_a_file_that_vanished_says_so(tmp_path: Path) -> None:
    file = SourceFile("a.md", tmp_path / "a.md", 3)
    with pytest.raises(InvalidInput, match=r"a\.md cannot be read: No such file"):
        file.read()


def test_file_names_that_are_not_utf8_get_a_printable_uri(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
    (file,) = open_source(tmp_path).files
    assert file.uri == "caf\ufffd.md"
    assert file.read() == b"x"


def test_memory_file() -> None:
    file = MemoryFile("corpus/17", b"Some text", title="Seventeen", extension=".txt")
    assert (file.size, file.read(), file.name, file.title) == (9, b"Some text", "corpus/17.txt", "Seventeen")
    assert MemoryFile("a.md", b"").name == "a.md"
