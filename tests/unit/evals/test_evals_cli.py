"""The commands `eval retrieval` and `eval answers`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import evals.commands.measure
from engine.errors import BackendFailed, EngineError, Misconfigured
from evals.cli import build_app
from evals.subject import System
from tests.unit.evals.fake_system import FakeSystem

WriteBeir = Callable[..., Path]
Invoke = Callable[..., Result]


@pytest.fixture
def invoke(system: FakeSystem) -> Invoke:
    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(build_app(lambda: system), [str(argument) for argument in arguments])

    return run


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a tiny sample in the place of the real one, whose files are not all plain text."""
    folder = tmp_path / "sample"
    (folder / "golden").mkdir(parents=True)
    (folder / "knowledge").mkdir()
    (folder / "knowledge" / "delivery.md").write_text("Delivery takes 2 days.", encoding="utf-8")
    gold: dict[str, object] = {"kind": "answerable", "documents": ["delivery.md"], "answers": ["2 days"]}
    rows: list[dict[str, object]] = [
        {"id": "1", "text": "delivery", "language": "en", **gold},
        {"id": "2", "text": "rain", "language": "en", "kind": "out_of_scope"},
    ]
    (folder / "golden" / "en.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(evals.commands.measure, "SAMPLE_FOLDER", folder)
    return folder


def test_retrieval_prints_one_json_document_on_stdout(invoke: Invoke, beir: Path) -> None:
    result = invoke("retrieval", "--data", beir, "--split", "test", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert list(document) == ["dataset", "split", "queries", "metrics", "settings", "seconds"]
    assert document["metrics"]["mrr@10"] == 1.0
    assert result.stdout.count("\n") == 1


def test_progress_goes_to_stderr(invoke: Invoke, beir: Path) -> None:
    result = invoke("retrieval", "--data", beir)
    assert "Searching" not in result.stdout
    assert "mrr@10" not in result.stderr


def test_retrieval_shows_people_a_table_with_times(invoke: Invoke, beir: Path) -> None:
    result = invoke("retrieval", "--data", beir)
    assert result.exit_code == 0
    assert "shop · test · 4 queries" in result.stdout
    for name in ("ndcg@10", "recall@1", "map", "search_p95_ms", "embed_p50_ms"):
        assert name in result.stdout


def test_answers_prints_metrics_and_the_risk_coverage_table(invoke: Invoke, beir: Path) -> None:
    result = invoke("answers", "--data", beir)
    assert result.exit_code == 0
    assert "abstention_auroc" in result.stdout
    assert "error rate" in result.stdout
    assert "100%" in result.stdout


def test_answers_prints_one_json_document_on_stdout(invoke: Invoke, beir: Path) -> None:
    document = json.loads(invoke("answers", "--data", beir, "--json").stdout)
    assert document["metrics"]["containment"] == 1.0
    assert len(document["risk_coverage"]) == 10


def test_a_sample_is_taken_with_limit_and_seed(invoke: Invoke, beir: Path) -> None:
    document = json.loads(invoke("retrieval", "--data", beir, "--limit", "2", "--seed", "5", "--json").stdout)
    assert document["queries"] == 2
    assert document["settings"]["sample_seed"] == 5


@pytest.mark.parametrize("command", ["retrieval", "answers"])
def test_halves_are_measured_apart(invoke: Invoke, beir: Path, tmp_path: Path, command: str) -> None:
    asked = []
    for half in ("first", "second"):
        details = tmp_path / f"{half}.json"
        assert invoke(command, "--data", beir, "--half", half, "--details", details, "--json").exit_code == 0
        document = json.loads(details.read_text(encoding="utf-8"))
        assert document["settings"]["half"] == half
        results = document["results"]
        asked.append({each["query_id"] for each in (results["full"] if command == "answers" else results)})
    assert (len(asked[0]), len(asked[1])) == (2, 2)
    assert not asked[0] & asked[1]


def test_a_half_that_is_none_is_named(invoke: Invoke, beir: Path) -> None:
    result = invoke("retrieval", "--data", beir, "--half", "third")
    assert result.exit_code == 2
    assert "There is no half 'third'" in result.stderr


def test_a_cache_saves_indexing(invoke: Invoke, system: FakeSystem, beir: Path, tmp_path: Path) -> None:
    for command in ("retrieval", "retrieval", "answers"):
        assert invoke(command, "--data", beir, "--cache", tmp_path / "cache", "--json").exit_code == 0
    assert system.built == 1


def test_details_are_written_to_a_file(invoke: Invoke, beir: Path, tmp_path: Path) -> None:
    file = tmp_path / "details.json"
    assert invoke("retrieval", "--data", beir, "--details", file, "--json").exit_code == 0
    details = json.loads(file.read_text(encoding="utf-8"))
    assert len(details["results"]) == 4
    assert "search_p50_ms" in details["timings"]


@pytest.mark.parametrize("flags", [[], ["--golden"]])
def test_without_data_the_sample_is_asked(invoke: Invoke, sample: Path, flags: list[str]) -> None:
    result = invoke("answers", *flags, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["metrics"]["document_hit"] == document["metrics"]["abstained_out_of_scope"] == 1.0
    assert document["kinds"]["answerable"]["containment"] == 1.0


def test_the_sample_is_shown_by_kind(invoke: Invoke, sample: Path) -> None:
    result = invoke("answers", "--golden")
    assert "sample · golden · 2 queries" in result.stdout
    assert "answerable" in result.stdout
    assert "out_of_scope" in result.stdout


def test_golden_questions_can_be_limited(invoke: Invoke, sample: Path) -> None:
    assert json.loads(invoke("answers", "--golden", "--limit", "1", "--json").stdout)["queries"] == 1


def test_documents_that_fail_are_named_and_the_status_is_1(invoke: Invoke, write_beir: WriteBeir) -> None:
    rows = [{"_id": "returns", "text": "30 days"}, {"_id": "empty", "text": ""}]
    folder = write_beir(corpus=rows, qrels={"test": "q1\treturns\t1\n"})
    result = invoke("retrieval", "--data", folder, "--json")
    assert result.exit_code == 1
    assert "Not indexed: empty: The document is empty." in result.stderr
    assert json.loads(result.stdout)["queries"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["retrieval", "--data", "{beir}", "--split", "fr"], "no split 'fr'. Choose one with --split: test."),
        (["retrieval", "--data", "{beir}/nowhere"], "is not a folder"),
        (["answers", "--data", "{beir}", "--golden"], "exclude each other"),
        (["answers", "--split", "test"], "--split cannot be used without --data"),
        (["retrieval"], "--data"),
        (["retrieval", "--data", "{beir}", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_usage_has_status_2_and_a_message_on_stderr(
    invoke: Invoke, beir: Path, arguments: list[str], message: str
) -> None:
    result = invoke(*(argument.format(beir=beir) for argument in arguments))
    assert result.exit_code == 2
    assert message in result.stderr.replace("\n", " ")
    assert result.stdout == ""


@pytest.mark.parametrize(("error", "status"), [(Misconfigured("No model."), 2), (BackendFailed("Store is down."), 1)])
def test_errors_of_the_engine_have_their_status(beir: Path, error: EngineError, status: int) -> None:
    def failing() -> System:
        raise error

    result = CliRunner().invoke(build_app(failing), ["retrieval", "--data", str(beir)])
    assert result.exit_code == status
    assert error.message in result.stderr
