"""`knowdesk bench promises` over a small knowledge base and a few replies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import engine.assembly
import evals.bench.promises_command
from engine.assembly import build_engine
from engine.settings import load_settings
from evals.bench.cli import app
from evals.bench.sample import ingest_folder
from tests.fakes.embedding import HashEmbedder

POLICY = (
    "---\nkind: policy\n---\n# Refunds\n\n"
    "We refund the purchase price within 14 days after we have received the goods. "
    "You may return an item within 30 days from delivery.\n"
)
REPLIES = (
    {
        "id": "wrong",
        "text": "You may return an item within 90 days from delivery.",
        "promises": [{"quote": "You may return an item within 90 days from delivery.", "standing": "contradicted"}],
    },
    {
        "id": "right",
        "text": "You may return an item within 30 days from delivery.",
        "promises": [{"quote": "You may return an item within 30 days from delivery.", "standing": "fine"}],
    },
    {"id": "none", "text": "Thank you for the photo of the box. " * 40},
)


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put replies where the command looks for the sample's, and an embedder that needs no model."""
    folder = tmp_path / "golden" / "promises" / "development"
    folder.mkdir(parents=True)
    rows = [json.dumps({"language": "en", **reply}) for reply in REPLIES]
    (folder / "replies.jsonl").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(evals.bench.promises_command, "SAMPLE_FOLDER", tmp_path)
    monkeypatch.setattr(engine.assembly, "build_embedder", lambda _: HashEmbedder())
    return tmp_path


@pytest.fixture
def data_dir(sample: Path) -> Path:
    """Return a data folder with the policy in knowledge base `bench`."""
    pages = sample / "pages"
    pages.mkdir()
    (pages / "refunds.md").write_text(POLICY, encoding="utf-8")
    made = build_engine(load_settings(data_dir=sample / "data"))
    made.create_knowledge_base("bench")
    assert ingest_folder(made, "bench", pages).failures == ()
    made.close()
    return sample / "data"


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["promises", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_promises_are_scored_and_checks_are_timed(data_dir: Path) -> None:
    result = run("--half", "development", "--data-dir", str(data_dir), "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["pairs"] == {"contradicted -> contradicted": 1, "fine -> fine": 1}
    assert found["extraction_f1"] == 1.0
    assert 0 < found["check_500_chars"]["p50_ms"] <= found["check_500_chars"]["p95_ms"]


def test_people_are_shown_the_same(data_dir: Path) -> None:
    shown = run("--half", "development", "--data-dir", str(data_dir)).stdout
    assert json.loads(shown)["pairs"] == {"contradicted -> contradicted": 1, "fine -> fine": 1}


def test_a_knowledge_base_without_policies_supports_nothing(sample: Path) -> None:
    made = build_engine(load_settings(data_dir=sample / "data"))
    made.create_knowledge_base("bench")
    made.close()
    result = run("--half", "development", "--data-dir", str(sample / "data"), "--json")
    pairs = json.loads(result.stdout)["pairs"]
    assert sum(pairs.values()) == 2
    assert set(pairs) == {"contradicted -> unsupported", "fine -> unsupported"}


@pytest.mark.usefixtures("sample")
def test_a_half_that_there_is_not_is_named() -> None:
    result = run("--half", "third")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "third" in result.stderr
