from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from ingestion.backup.archive import ArchivedIndex, Manifest, pack, read_manifest, unpack

EMPTY = Manifest(made_at="2026-01-01T00:00:00+00:00", knowledge_bases={"kb": ArchivedIndex(folder="", chunks=0)})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    (source / "jobs").mkdir(parents=True)
    (source / "a.db").write_bytes(b"\x00\xff" * 1000)
    (source / "jobs" / "名前.txt").write_text("content", encoding="utf-8")
    pack(source, tmp_path / "backup.zip", EMPTY)
    return tmp_path / "backup.zip"


def test_what_goes_in_comes_out(archive: Path, tmp_path: Path) -> None:
    manifest = unpack(archive, tmp_path / "out")
    assert manifest == read_manifest(archive)
    assert set(manifest.files) == {"a.db", "jobs/名前.txt"}
    assert (tmp_path / "out" / "a.db").read_bytes() == b"\x00\xff" * 1000
    assert (tmp_path / "out" / "jobs" / "名前.txt").read_text(encoding="utf-8") == "content"
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["backup.zip"]


def _rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(archive) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    change(entries)
    with zipfile.ZipFile(archive, "w") as made:
        for name, data in entries.items():
            made.writestr(name, data)


def _renamed(entries: dict[str, bytes], name: str) -> None:
    manifest = json.loads(entries["manifest.json"])
    manifest["files"][name] = manifest["files"].pop("a.db")
    entries["manifest.json"] = json.dumps(manifest).encode()
    entries[name] = entries.pop("a.db")


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.update({"a.db": b"\x00\xfe" * 1000}),
        lambda entries: entries.pop("a.db"),
        lambda entries: entries.update({"more.txt": b""}),
        lambda entries: entries.update({"manifest.json": b"{}"}),
        lambda entries: entries.pop("manifest.json"),
        lambda entries: _renamed(entries, "../outside.db"),
        lambda entries: _renamed(entries, "/tmp/outside.db"),  # noqa: S108
        lambda entries: _renamed(entries, "..\\outside.db"),
    ],
)
def test_an_archive_that_was_tampered_with_is_refused(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    _rewritten(archive, change)
    with pytest.raises(InvalidInput, match=r"backup\.zip is no complete backup"):
        unpack(archive, tmp_path / "out")
    assert not list(tmp_path.glob("outside*"))


@pytest.mark.parametrize("kept", [0, 10, 500])
def test_half_an_archive_is_refused(archive: Path, tmp_path: Path, kept: int) -> None:
    archive.write_bytes(archive.read_bytes()[:kept])
    with pytest.raises(InvalidInput):
        unpack(archive, tmp_path / "out")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        read_manifest(tmp_path / "none.zip")


def test_nothing_is_left_of_an_archive_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    (tmp_path / "source").mkdir()
    with pytest.raises(OSError, match="no space"):
        pack(tmp_path / "source", tmp_path / "backup.zip", EMPTY)
    assert [path.name for path in tmp_path.iterdir()] == ["source"]
