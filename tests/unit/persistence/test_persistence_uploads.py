"""Files of uploads in the database, and the spool that fetches them on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import NotFound
from engine.persistence.uploads import SqlUploads
from ingestion.jobs.shared_spool import SharedSpool
from ingestion.parsing import Limits
from ingestion.sources import MemoryFile
from tests.fakes.repositories import database

FILES = {"files.json": b"[]", "0000": b"\x00\xff", "0001": b""}


@pytest.fixture
def uploads() -> Iterator[SqlUploads]:
    with database() as engine:
        yield SqlUploads(engine)


def _spool(folder: Path, uploads: SqlUploads) -> SharedSpool:
    return SharedSpool(folder, limits=Limits(), shared=uploads)


def test_files_come_back_as_they_were(uploads: SqlUploads) -> None:
    uploads.put("job", FILES.items(), at=1.0)
    uploads.put("other", [("0000", b"x")], at=1.0)
    assert dict(uploads.files("job")) == FILES
    assert dict(uploads.files("nothing")) == {}
    uploads.drop("job")
    assert dict(uploads.files("job")) == {}
    assert dict(uploads.files("other")) == {"0000": b"x"}


def test_an_upload_is_there_as_a_whole_or_not_at_all(uploads: SqlUploads) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "0000", b"x"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        uploads.put("job", broken(), at=1.0)
    assert dict(uploads.files("job")) == {}


def test_what_is_old_and_not_needed_is_swept(uploads: SqlUploads) -> None:
    for key, at in (("old", 1.0), ("needed", 1.0), ("new", 9.0)):
        uploads.put(key, FILES.items(), at=at)
    uploads.sweep({"needed"}, before=5.0)
    assert [bool(dict(uploads.files(key))) for key in ("old", "needed", "new")] == [False, True, True]


def test_an_upload_is_read_on_another_machine(uploads: SqlUploads, tmp_path: Path) -> None:
    here, there = _spool(tmp_path / "here", uploads), _spool(tmp_path / "there", uploads)
    here.receive("job", [MemoryFile("a/b.txt", b"One"), MemoryFile("日本.txt", b"\x00")])
    (first, second) = there.open("job", name="upload").files
    assert (first.uri, first.read(), second.uri, second.read()) == ("a/b.txt", b"One", "日本.txt", b"\x00")
    there.drop("job")
    assert here.upload("job").exists()
    here.sweep(uploads=(), jobs=())
    with pytest.raises(NotFound):
        here.open("job", name="upload")


def test_one_that_nobody_has_any_more_is_not_found(uploads: SqlUploads, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="files are gone"):
        _spool(tmp_path, uploads).open("job", name="upload")
    assert not list(tmp_path.rglob("*.json"))


def test_a_sweep_leaves_what_has_just_come_in(uploads: SqlUploads, tmp_path: Path) -> None:
    here, there = _spool(tmp_path / "here", uploads), _spool(tmp_path / "there", uploads)
    here.receive("job", [MemoryFile("a.txt", b"One")])
    there.sweep(uploads=(), jobs=())
    assert there.open("job", name="upload").files[0].read() == b"One"
