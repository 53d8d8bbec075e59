from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from engine.errors import BackendFailed, InvalidInput, Misconfigured, NotFound
from ingestion.sources import Source, SourceNotes, open_source
from ingestion.sources.storage import open_storage


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """A storage in memory with four files."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    for name in ("a.md", "sub/b.txt", "sub/.hidden.md", "退货.md"):
        storage.pipe(f"/help/{name}", f"Text of {name}".encode())
    yield storage
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]


def contents(source: Source) -> dict[str, bytes]:
    return {file.uri: file.read() for file in source.files}


def test_a_folder_of_a_storage(memory: fsspec.AbstractFileSystem) -> None:
    source = open_storage("memory://help")
    assert contents(source) == {
        "a.md": b"Text of a.md",
        "sub/b.txt": b"Text of sub/b.txt",
        "退货.md": "Text of 退货.md".encode(),
    }
    assert (source.name, source.complete) == ("memory:///help", True)
    first = source.files[0]
    assert (first.name, first.size, first.title, first.notes) == ("a.md", 12, "", SourceNotes())


def test_a_file_alone_belongs_to_its_folder(memory: fsspec.AbstractFileSystem) -> None:
    alone, whole = open_storage("memory://help/sub/b.txt"), open_storage("memory://help/sub/")
    assert [file.uri for file in alone.files] == [file.uri for file in whole.files] == ["b.txt"]
    assert (alone.name, alone.complete) == (whole.name, False)


def test_a_folder_of_this_machine_is_the_same_source_however_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a b.md").write_text("x")
    (tmp_path / "sub" / "~$a.docx").write_text("lock")
    stored, plain = open_storage(tmp_path.as_uri()), open_source(tmp_path)
    assert (stored.name, stored.complete) == (plain.name, plain.complete)
    assert [(file.uri, file.size) for file in stored.files] == [(file.uri, file.size) for file in plain.files]
    assert contents(stored) == contents(plain)


def test_a_listing_is_never_an_old_one(memory: fsspec.AbstractFileSystem) -> None:
    open_storage("memory://help")
    memory.pipe("/help/new.md", b"new")
    memory.rm("/help/a.md")
    assert [file.uri for file in open_storage("memory://help").files] == ["new.md", "sub/b.txt", "退货.md"]


def test_a_file_that_is_gone_or_has_grown_is_a_named_failure(memory: fsspec.AbstractFileSystem) -> None:
    first, second, third = open_storage("memory://help", max_bytes=100).files
    memory.rm("/help/a.md")
    memory.pipe("/help/sub/b.txt", b"x" * 101)
    with pytest.raises(InvalidInput, match=r"a\.md cannot be read: FileNotFoundError"):
        first.read()
    with pytest.raises(InvalidInput, match=r"sub/b\.txt is larger than"):
        second.read()
    assert third.read()


def test_nothing_there(memory: fsspec.AbstractFileSystem) -> None:
    with pytest.raises(NotFound, match="nothing at memory://other"):
        open_storage("memory://other")


@pytest.mark.parametrize(
    "url",
    [
        *("https://x.example/a", "ftp://x.example/a", "s3://key:secret@bucket/a", "nope://x/a", "://x"),
        *("simplecache::memory://help", "zip://a.md::file:///tmp/x.zip"),
    ],
)
def test_addresses_that_are_not_taken(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        open_storage(url)
    assert "s3://bucket/help" in caught.value.remedy
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "module", "command"),
    [
        ("s3://bucket/help", "s3fs", 'pip install "knowdesk[s3]"'),
        ("gs://bucket/help", "gcsfs", 'pip install "knowdesk[gcs]"'),
        ("abfs://box/help", "adlfs", 'pip install "knowdesk[azure]"'),
        ("oss://bucket/help", "ossfs", 'pip install "knowdesk[oss]"'),
        ("webdav://host/help", "webdav4", "pip install webdav4"),
    ],
)
def test_a_missing_implementation_comes_with_the_pip_command(
    monkeypatch: pytest.MonkeyPatch, url: str, module: str, command: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(Misconfigured, match=module) as caught:
        open_storage(url)
    assert caught.value.remedy == f"Run: {command}"


def test_a_storage_that_fails(memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "secret key refused")

    monkeypatch.setattr(type(memory), "find", fail)
    with pytest.raises(BackendFailed, match=r"memory://help cannot be listed \(PermissionError\)") as caught:
        open_storage("memory://help")
    assert "secret" not in str(caught.value)
