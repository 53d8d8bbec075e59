from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.api.desk import Desk


@pytest.fixture
def folder(tmp_path: Path, pages: Path) -> Path:
    """A copy of the pages that may be changed."""
    return shutil.copytree(pages, tmp_path / "folder")


SHAPE = ["documents", "chunks", "embedded", "reused", "failures", "warnings", "duplicates", "seconds"]


def _counts(**counts: int) -> dict[str, int]:
    return {"added": 0, "changed": 0, "unchanged": 0, "deleted": 0, "failed": 0, **counts}


def test_the_document_has_exactly_the_agreed_shape(open_desk: Desk, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 this is none")
    report = open_desk.json("ingest", str(folder), "--kb", "shop", status=1)
    assert list(report) == SHAPE
    assert report["documents"] == _counts(added=4, failed=1)
    assert report["chunks"] >= 4
    assert report["seconds"] > 0
    assert [list(failure) for failure in report["failures"]] == [["uri", "error", "remedy"]]
    assert report["failures"][0]["uri"] == "broken.pdf"


def test_only_what_changed_is_done_again(desk: Desk, folder: Path) -> None:
    assert desk.json("ingest", str(folder))["documents"] == _counts(added=4)
    assert desk.json("ingest", str(folder))["documents"] == _counts(unchanged=4)
    (folder / "warranty.md").write_text("# Warranty\n\nThe warranty lasts 36 months.\n")
    (folder / "henpin.md").unlink()
    (folder / "new.md").write_text("# News\n\nA new shop opens.\n")
    assert desk.json("ingest", str(folder))["documents"] == _counts(added=1, changed=1, unchanged=2, deleted=1)


def test_a_single_file_deletes_nothing_else(open_desk: Desk, folder: Path) -> None:
    open_desk.json("ingest", str(folder))
    assert open_desk.json("ingest", str(folder / "henpin.md"))["documents"] == _counts(unchanged=1)
    assert len(open_desk.json("documents", "list")["items"]) == 4


def test_several_paths_are_one_run(open_desk: Desk, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "returns.md").write_text("# Another shop\n\nWe take nothing back.\n")
    report = open_desk.json("ingest", str(folder / "returns.md"), str(folder / "warranty.md"), str(other))
    assert report["documents"] == _counts(added=3)
    again = open_desk.json("ingest", str(folder), str(folder / "returns.md"), str(other))
    assert again["documents"] == _counts(added=2, unchanged=3)


def test_the_knowledge_base_is_made_and_default_has_a_name(open_desk: Desk, folder: Path) -> None:
    open_desk.json("ingest", str(folder))
    open_desk.json("ingest", str(folder), "--kb", "second")
    assert [item["name"] for item in open_desk.json("kb", "list")["items"]] == ["default", "second"]


def test_rebuild_indexes_everything_again(open_desk: Desk, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    open_desk.json("ingest", str(folder), str(other))
    chunks = open_desk.json("kb", "list")["items"][0]["chunks"]
    report = open_desk.json("ingest", str(folder), str(other), "--rebuild")
    assert report["chunks"] == chunks
    assert report["documents"]["failed"] == report["documents"]["deleted"] == 0
    assert open_desk.json("search", "unused goods")["passages"]


def test_people_see_a_table_and_each_failure(open_desk: Desk, folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    result = open_desk("ingest", str(folder))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].split() == [
        "Added",
        "Changed",
        "Unchanged",
        "Deleted",
        "Failed",
        "Chunks",
        "Seconds",
    ]
    assert result.stdout.splitlines()[1].split()[:5] == ["4", "0", "0", "0", "1"]
    assert "empty.md" in result.stderr


@pytest.mark.parametrize("name", ["a/b", "..", "x" * 101, " "])
def test_a_name_that_no_knowledge_base_can_have(open_desk: Desk, folder: Path, name: str) -> None:
    result = open_desk("ingest", str(folder), "--kb", name)
    assert result.exit_code == 2
    assert "knowledge base" in result.stderr


def test_a_path_where_there_is_nothing_stops_before_anything_is_done(open_desk: Desk, folder: Path) -> None:
    result = open_desk("ingest", str(folder), "no/such/folder", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no/such/folder" in result.stderr
    assert open_desk.json("kb", "list")["items"] == []


def test_paths_are_needed(open_desk: Desk) -> None:
    assert open_desk("ingest").exit_code == 2
