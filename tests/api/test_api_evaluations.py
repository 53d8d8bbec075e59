"""Runs of evaluations over HTTP: what their folders hold, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.service import Engine
from engine.settings import load_settings

EVALUATIONS = "/v1/evaluations"


def figure(measure: str, value: float, slice: str = "all") -> dict[str, Any]:
    return {"slice": slice, "measure": measure, "n": 3, "value": value, "interval": [value - 0.1, value + 0.1]}


def measure(name: str, *, higher: bool = True) -> dict[str, Any]:
    return {"name": name, "label": name, "explanation": "", "higher_is_better": higher, "unit": "share"}


def case(id: str, language: str, *, error: str = "", **metrics: float) -> dict[str, Any]:
    told = {"id": id, "unit": "shop", "task": "answer", "question": f"What is {id}?", "slices": {"language": language}}
    return {
        **told,
        "metrics": metrics,
        "milliseconds": 3.5,
        "facts": {"answerable": True},
        "expected": ["so"],
        "found": ["a.md"],
        "answer": None,
        "quotes": [],
        "confidence": 0.5,
        "error": error,
    }


def write_run(folder: Path, name: str, *, started: str = "2026-11-20", done: bool = True) -> Path:
    run = folder / name
    (run / "cases").mkdir(parents=True)
    units = [{"name": "shop", "data_hash": "x", "documents": 2, "cases": 3}]
    manifest = {"units": units, "settings": {"model": ""}, "options": {"seed": 13}, "code": "c", "versions": {}}
    (run / "manifest.json").write_text(json.dumps({**manifest, "started": started, "format": 1}))
    rows = [case("a", "en", wrong=0.0, right=1.0), case("b", "ja", wrong=1.0, right=0.0), case("c", "en", error="down")]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (run / "cases" / "shop.jsonl").write_text(lines + '{"id": "cut off', encoding="utf-8")
    if done:
        figures = [figure("right", 0.5), figure("wrong", 0.4), figure("right", 0.9, "language=en")]
        summary = {"name": name, "complete": True, "cases": 3, "planned": 3, "failed": 1, "not_indexed": []}
        told = {"figures": figures, "measures": [measure("right"), measure("wrong", higher=False)]}
        (run / "summary.json").write_text(json.dumps({**summary, **told, "headlines": ["right"]}))
    return run


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    write_run(tmp_path / "runs", "october", started="2026-10-01")
    write_run(tmp_path / "runs", "november", started="2026-11-01")
    return tmp_path / "runs"


@pytest.fixture(name="client")
def opened(folder: Path, tmp_path: Path, shop: Engine) -> Iterator[TestClient]:
    chosen = load_settings(data_dir=tmp_path / "data", evaluations_dir=str(folder))
    with TestClient(create_app(chosen, engine=shop)) as made:
        yield made


def test_runs_are_listed_with_their_headlines_the_newest_first(client: TestClient) -> None:
    found = client.get(EVALUATIONS).json()
    assert found["available"] is True
    assert [each["name"] for each in found["items"]] == ["november", "october"]
    (first, _) = found["items"]
    assert [(each["measure"], each["slice"]) for each in first["headlines"]] == [("right", "all")]
    assert (first["planned"], first["failed"], first["complete"]) == (3, 1, True)


def test_without_a_folder_there_is_nothing_to_show(tmp_path: Path, shop: Engine) -> None:
    with TestClient(create_app(load_settings(data_dir=tmp_path / "data"), engine=shop)) as client:
        assert client.get(EVALUATIONS).json() == {"available": False, "items": []}
        assert client.get(f"{EVALUATIONS}/october").status_code == 404


def test_a_run_has_all_its_figures_and_what_it_was_made_with(client: TestClient) -> None:
    found = client.get(f"{EVALUATIONS}/november").json()
    assert [each["slice"] for each in found["figures"]] == ["all", "all", "language=en"]
    assert found["figures"][0]["interval"] == [0.4, 0.6]
    assert (found["options"], found["comparisons"]) == ({"seed": 13}, [])


def test_a_run_under_way_is_shown_without_figures(client: TestClient, folder: Path) -> None:
    write_run(folder, "december", started="2026-12-01", done=False)
    found = client.get(f"{EVALUATIONS}/december").json()
    assert (found["complete"], found["figures"], found["planned"]) == (False, [], 3)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({}, ["c", "b", "a"]),
        ({"measure": "wrong"}, ["c", "b", "a"]),
        ({"slice": "language=en"}, ["c", "a"]),
        ({"limit": 1}, ["c"]),
    ],
)
def test_failures_come_first_then_the_worst(client: TestClient, query: dict[str, Any], order: list[str]) -> None:
    found = client.get(f"{EVALUATIONS}/november/cases", params=query).json()
    assert [each["id"] for each in found["items"]] == order
    assert found["measure"] == query.get("measure", "right")


def test_less_is_worse_where_more_is_better(client: TestClient, folder: Path) -> None:
    rows = [case(name, "en", right=value) for name, value in (("x", 0.9), ("y", 0.1))]
    (folder / "november" / "cases" / "shop.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = client.get(f"{EVALUATIONS}/november/cases").json()
    assert [each["id"] for each in found["items"]] == ["y", "x"]


def test_a_comparison_is_read_from_the_later_run(client: TestClient, folder: Path) -> None:
    row = {"slice": "all", "measure": "right", "n": 3, "before": 0.4, "after": 0.5, "change": 0.1, "p": None}
    told = {**row, "interval": {"low": 0.0, "high": 0.2}, "adjusted_p": None, "verdict": "unproven"}
    kept = {"before": "october", "after": "november", "cases": 3, "only_before": 0, "only_after": 0, "settings": []}
    file = folder / "november" / "comparisons" / "october.json"
    file.parent.mkdir()
    file.write_text(json.dumps({**kept, "differences": [told, {**told, "interval": None}], "changed": []}))
    assert client.get(f"{EVALUATIONS}/november").json()["comparisons"] == ["october"]
    found = client.get(f"{EVALUATIONS}/november/comparisons/october").json()
    assert [each["interval"] for each in found["differences"]] == [[0.0, 0.2], None]
    assert client.get(f"{EVALUATIONS}/november/comparisons/may").status_code == 404


@pytest.mark.parametrize("name", ["none", "%2e%2e", "..%2fruns%2foctober", "october%2f..%2fnovember", "a%00b"])
def test_nothing_beside_the_runs_can_be_read(client: TestClient, name: str) -> None:
    assert client.get(f"{EVALUATIONS}/{name}").status_code in {404, 422}
    assert client.get(f"{EVALUATIONS}/november/comparisons/{name}").status_code in {404, 422}


@pytest.mark.parametrize("text", ["{", '{"figures": [{"slice": "all"}]}', '{"figures": 3}'])
def test_a_damaged_run_is_left_out_of_the_list_and_named_by_itself(client: TestClient, folder: Path, text: str) -> None:
    (folder / "october" / "summary.json").write_text(text)
    assert [each["name"] for each in client.get(EVALUATIONS).json()["items"]] == ["november"]
    found = client.get(f"{EVALUATIONS}/october")
    assert (found.status_code, found.json()["detail"]) == (503, "The run october cannot be read.")
