"""`knowdesk calibrate`: fit, show and remove, and what it changes at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.settings import load_settings
from evals.commands.calibrate import app
from evals.engine_system import EngineSubject, Pipeline
from evals.subject import Entry

PARTS = ("hinge", "lid", "filter", "brush", "battery", "cable", "pump", "valve", "hose", "tank", "wheel", "sensor")
QUESTION = "How many months is the hinge covered?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a knowledge base about parts, a page each."""
    folder = tmp_path_factory.mktemp("calibrated")
    engine = build_engine(load_settings(data_dir=folder))
    engine.create_knowledge_base("shop")
    pages = [Entry(part, part, f"The {part} is covered for {n + 3} months.") for n, part in enumerate(PARTS)]
    assert not [each for each in EngineSubject(engine, Pipeline(), knowledge_base="shop").add(pages) if each.failure]
    engine.close()
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Return a file of golden questions: half are answered by the pages, half by none."""
    rows = []
    for n, part in enumerate(PARTS):
        known = {"kind": "answerable", "documents": [part], "answers": [f"{n + 3} months"]}
        strange = {"kind": "out_of_scope", "documents": [], "answers": []}
        for m, text in enumerate(("How many months is the {} covered?", "{} covered how long", "months for the {}")):
            rows.append({"id": f"in{n}.{m}", "text": text.format(part), "language": "en", **known})
        for m, text in enumerate(("Does the {} come in red?", "Who makes the {}?", "Is the {} covered in wool?")):
            rows.append({"id": f"out{n}.{m}", "text": text.format(part), "language": "en", **strange})
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def run(data: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["--kb", "shop", "--data-dir", str(data), *options])


def sure(data: Path) -> float:
    engine = build_engine(load_settings(data_dir=data))
    try:
        return engine.answer("shop", AnswerRequest(QUESTION, threshold=0.0)).confidence
    finally:
        engine.close()


@pytest.fixture(autouse=True)
def _removed(data: Path) -> Iterator[None]:
    yield
    run(data, "--remove")


def test_it_takes_effect_at_once_and_can_be_removed(data: Path, questions: Path) -> None:
    shipped = sure(data)
    report = json.loads(run(data, "--questions", str(questions), "--json").stdout)
    assert report["calibration"]["questions"] > 60
    assert {"auroc", "ece"} <= report["before"].keys() & report["after"].keys()
    calibrated = sure(data)
    assert calibrated != pytest.approx(shipped, abs=1e-3)
    assert "was calibrated on" in run(data).stdout
    assert json.loads(run(data, "--remove", "--json").stdout) == {"calibration": None, "removed": True}
    assert sure(data) == pytest.approx(shipped)
    assert "no calibration of its own" in run(data).stdout


def test_a_dry_run_changes_nothing(data: Path, questions: Path) -> None:
    shipped = sure(data)
    shown = run(data, "--questions", str(questions), "--dry-run").stdout
    assert "accepted error" in shown
    assert sure(data) == pytest.approx(shipped)


def test_an_accepted_error_asks_for_what_the_calibration_says(data: Path, questions: Path) -> None:
    run(data, "--questions", str(questions))
    engine = build_engine(load_settings(data_dir=data, accepted_error=0.1))
    stored = engine.parts.calibrations
    assert stored is not None
    own = stored.calibration("shop")
    assert own is not None
    assert engine.standard("shop").needed == dict(own.thresholds)[0.1]
    stored.set_calibration("shop", replace(own, basis="an earlier version"))
    assert engine.standard("shop").calibration is None
    engine.close()
    assert "fit it again" in run(data).stdout


def test_what_is_asked_leaves_no_conversation(data: Path, questions: Path) -> None:
    run(data, "--questions", str(questions))
    assert b"come in red" not in (data / "knowdesk.db").read_bytes()


def test_too_few_questions_are_refused(data: Path, questions: Path) -> None:
    questions.write_text("\n".join(questions.read_text("utf-8").splitlines()[:20]), encoding="utf-8")
    refused = run(data, "--questions", str(questions))
    assert refused.exit_code == 2
    assert "Add golden questions" in refused.stderr


def test_wrong_usage_is_named(data: Path, questions: Path) -> None:
    assert run(data, "--questions", str(questions), "--remove").exit_code == 2
    unknown = CliRunner().invoke(app, ["--kb", "unheard of", "--data-dir", str(data)])
    assert unknown.exit_code == 2
    assert "unheard of" in unknown.stderr
