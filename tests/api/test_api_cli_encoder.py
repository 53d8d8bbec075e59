from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.embedding.static import is_static_model
from engine.encoder import adapting, building
from engine.encoder.training import Progress, TrainingOptions
from engine.errors import InvalidInput
from tests.api.desk import Desk
from tests.fakes.static_model import save_static_model

WORDS = [word for number in range(30) for word in (f"title{number}", f"body{number}")]


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adapting, "ADAPT_OPTIONS", replace(adapting.ADAPT_OPTIONS, steps=30, batch_size=32))
    return save_static_model(tmp_path / "model", words=WORDS)


@pytest.fixture
def filled(open_desk: Desk, tmp_path: Path) -> Desk:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.md").write_text(f"# title{number}\n\nbody{number} body{number}.\n", encoding="utf-8")
    open_desk.json("ingest", str(folder), "--kb", "shop")
    return open_desk


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    rows = [{"text": f"title{number}", "documents": [f"{number}.md"], "language": "en"} for number in range(30)]
    path = tmp_path / "golden.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_adapt_writes_a_copy_and_shows_the_gain(filled: Desk, model: Path, golden: Path, tmp_path: Path) -> None:
    words = ["encoder", "adapt", "--kb", "shop", "--model", str(model), "--output", str(tmp_path / "own")]
    report = filled.json(*words, "--golden", str(golden))
    assert list(report) == ["output", "pairs", "questions", "before", "after", "languages"]
    assert report["output"] == str(tmp_path / "own")
    assert report["pairs"] >= 30
    assert 0 <= report["before"] <= report["after"] <= 1
    assert report["questions"] == 30
    assert report["languages"] == {"en": {"before": report["before"], "after": report["after"]}}
    assert is_static_model(tmp_path / "own")
    assert is_static_model(model)


def test_adapt_says_how_to_use_the_copy(filled: Desk, model: Path, tmp_path: Path) -> None:
    words = ["encoder", "adapt", "--kb", "shop", "--model", str(model), "--output", str(tmp_path / "own")]
    shown = filled(*words).stdout
    assert f"KNOWDESK_EMBEDDING_MODEL={tmp_path / 'own'}" in shown


def test_adapt_without_questions_measures_on_titles_it_did_not_learn(filled: Desk, model: Path, tmp_path: Path) -> None:
    words = ["encoder", "adapt", "--kb", "shop", "--model", str(model), "--output", str(tmp_path / "own")]
    shown = filled(*words).stdout
    found = re.search(r"on (\d+) questions that it did not learn from", shown)
    assert found is not None
    assert 0 < int(found[1]) < 15
    assert re.search(r"^all +0\.\d{3} before, 0\.\d{3} after$", shown, re.MULTILINE)


def test_adapt_names_a_knowledge_base_that_is_not_there(filled: Desk, model: Path, tmp_path: Path) -> None:
    words = ["encoder", "adapt", "--kb", "attic", "--model", str(model), "--output", str(tmp_path / "own")]
    ran = filled(*words)
    assert ran.exit_code == 2
    assert "attic" in ran.stderr


def test_adapt_overwrites_nothing(filled: Desk, model: Path) -> None:
    words = ["encoder", "adapt", "--kb", "shop", "--model", str(model), "--output", str(model)]
    ran = filled(*words)
    assert ran.exit_code == 2
    assert "is there already" in ran.stderr


def test_train_hands_the_options_on(open_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def build(material: Path, output: Path, options: building.EncoderOptions) -> Iterator[str | Progress]:
        given.extend([material, output, options])
        yield "Training"
        yield Progress(1, "segments", 2.0)

    monkeypatch.setattr(building, "build_encoder", build)
    words = ["encoder", "train", "--material", "m", "--output", str(tmp_path / "out"), "--steps", "7", "--seed", "3"]
    assert f"Wrote {tmp_path / 'out'}" in open_desk(*words, "--dimension", "64").stdout
    expected = building.EncoderOptions(dimension=64, training=TrainingOptions(steps=7, seed=3))
    assert given == [Path("m"), tmp_path / "out", expected]


def test_train_names_a_folder_without_material(
    open_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(material: Path, *_: object) -> Iterator[str]:
        raise InvalidInput(f"There are no aligned segments in {material}.", remedy="Check --material.")

    monkeypatch.setattr(building, "build_encoder", build)
    ran = open_desk("encoder", "train", "--material", "nowhere", "--output", str(tmp_path / "out"))
    assert ran.exit_code == 2
    assert "nowhere" in ran.stderr
    assert "Check --material." in ran.stderr
