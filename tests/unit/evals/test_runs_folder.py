"""A run's folder: what it was made with, its cases, and one writer at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import Conflict, InvalidInput, NotFound
from evals.runs.folder import RunFolder
from evals.runs.manifest import code_version, versions
from evals.runs.results import load_results, write_summary
from evals.subject import Indexed
from tests.unit.evals.run_builders import case, manifest, written


def test_a_run_goes_on_with_what_it_was_begun_with(tmp_path: Path) -> None:
    first = RunFolder(tmp_path).begin(manifest(2, model="a"))
    assert RunFolder(tmp_path).begin(manifest(2, model="a")) == first
    assert RunFolder.existing(tmp_path).manifest() == first


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (manifest(2, model="b"), "settings"),
        (manifest(3, model="a"), "data"),
        (manifest(2, data_hash="x", model="a"), "data"),
    ],
)
def test_other_data_or_settings_are_refused(tmp_path: Path, other: object, named: str) -> None:
    RunFolder(tmp_path).begin(manifest(2, model="a"))
    with pytest.raises(Conflict, match=f"other {named}.*another --out"):
        RunFolder(tmp_path).begin(other)  # type: ignore[arg-type]


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not a run"):
        RunFolder.existing(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(InvalidInput, match="not a manifest that this version knows"):
        load_results(tmp_path)


def test_cases_come_by_id_and_the_last_of_each_counts(tmp_path: Path) -> None:
    written(tmp_path, [case("b"), case("a"), case("b", {"containment": 0.0})])
    found = RunFolder(tmp_path).cases()
    assert [each.id for each in found] == ["a", "b"]
    assert found[1].metrics["containment"] == 0.0


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    with folder.lock("run"), pytest.raises(Conflict, match="Another process"), RunFolder(tmp_path).lock("run"):
        pass
    with folder.lock("run"):
        pass


def test_unit_names_make_safe_file_names(tmp_path: Path) -> None:
    assert RunFolder(tmp_path).cases_file("../a b").parent == tmp_path / "cases"


def test_failed_documents_are_told_once(tmp_path: Path) -> None:
    written(tmp_path, [case("a")])
    with RunFolder(tmp_path).writing("shop") as (_, documents):
        for each in (Indexed("x", "broken"), Indexed("y"), Indexed("x", "broken")):
            documents.append(each)
    assert RunFolder(tmp_path).failed_documents() == (Indexed("x", "broken"),)


def test_the_summary_tells_what_was_measured_and_how(tmp_path: Path) -> None:
    found = write_summary(written(tmp_path, [case("a"), case("b", {"containment": 0.0})], planned=3))
    document = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert not found.complete
    assert (document["cases"], document["planned"], document["complete"]) == (2, 3, False)
    assert document["manifest"]["units"][0]["name"] == "shop"
    (figure,) = [each for each in document["figures"] if each["measure"] == "containment"]
    assert (figure["slice"], figure["n"], figure["value"]) == ("all", 2, 0.5)
    low, high = figure["interval"]
    assert 0 <= low <= 0.5 <= high <= 1


def test_code_and_versions_are_told_without_version_control() -> None:
    assert code_version() == code_version()
    assert len(code_version()) == 16
    assert {"python", "cores", "numpy"} <= versions().keys()
    assert not any("/" in value for value in versions().values())
