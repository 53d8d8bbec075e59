from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.domain.knowledge import DocumentKind
from engine.errors import NotFound
from ingestion.jobs.spool import Spool
from ingestion.parsing import Limits
from ingestion.sources import MemoryFile, SourceNotes


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path, limits=Limits(max_file_mb=0.001))


NOTES = SourceNotes(DocumentKind.POLICY, ("a", "b"), date(2026, 1, 1), date(2026, 12, 31), "Noted")


def test_files_come_out_as_they_went_in(spool: Spool) -> None:
    spool.receive("job", [MemoryFile("a/b.txt", b"One", "Title", notes=NOTES), MemoryFile("日本.txt", b"\x00\xff")])
    source = spool.open("job", name="upload")
    assert (source.name, source.complete) == ("upload", False)
    first, second = source.files
    assert (first.uri, first.name, first.size, first.title, first.notes) == ("a/b.txt", "a/b.txt", 3, "Title", NOTES)
    assert (first.read(), second.read()) == (b"One", b"\x00\xff")


def test_names_do_not_lead_out_of_the_spool(spool: Spool, tmp_path: Path) -> None:
    spool.receive("job", [MemoryFile("../../outside.txt", b"x")])
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"0000", "files.json"}


def test_what_is_too_large_is_named_and_not_kept(spool: Spool, tmp_path: Path) -> None:
    spool.receive("job", [MemoryFile("large.txt", b"x" * 2000)])
    assert spool.open("job", name="upload").files[0].size == 2000
    assert not (tmp_path / "uploads" / "job" / "0000").exists()


def test_an_upload_is_there_as_a_whole_or_not_at_all(spool: Spool) -> None:
    class Broken(MemoryFile):
        def read(self) -> bytes:
            raise OSError("the connection is gone")

    with pytest.raises(OSError, match="gone"):
        spool.receive("job", [MemoryFile("a.txt", b"x"), Broken("b.txt", b"y")])
    with pytest.raises(NotFound) as failure:
        spool.open("job", name="upload")
    assert failure.value.remedy


def test_a_finished_upload_is_removed(spool: Spool, tmp_path: Path) -> None:
    spool.receive("job", [MemoryFile("a.txt", b"x")])
    spool.drop("job")
    spool.drop("job")
    assert list((tmp_path / "uploads").iterdir()) == []


def test_sweeping_keeps_what_is_needed(spool: Spool, tmp_path: Path) -> None:
    for key in ("kept", "gone"):
        spool.receive(key, [MemoryFile("a.txt", b"x")])
        spool.work(key).mkdir(parents=True)
    (tmp_path / "uploads" / ".half").mkdir()
    spool.sweep(uploads=["kept"], jobs=["kept"])
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["kept"]
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["kept"]
    spool.finished("kept")
    assert list((tmp_path / "work").iterdir()) == []


def test_sweeping_nothing(spool: Spool) -> None:
    spool.sweep(uploads=(), jobs=())
