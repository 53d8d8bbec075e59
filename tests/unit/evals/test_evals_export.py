"""From questions asked through the API, by feedback and export, to a run over the sample knowledge base."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from api.app import create_app
from engine.settings import load_settings
from evals.cli import build_app
from evals.datasets.golden import SAMPLE_FOLDER
from evals.engine_system import KNOWLEDGE_BASE, EngineSubject, EngineSystem, Pipeline
from evals.runs.results import load_results
from evals.subject import System
from tests.fakes.embedding import HashEmbedder

Json = dict[str, Any]
PAGES = ("en/drift-r3-manual.md", "en/orders-and-delivery.md", "en/lost-late-damaged.md", "en/delivery-abroad.html")
E12 = "I am Lena Fischer. What does error E12 mean on my Drift R3?"


def local_system() -> System:
    return EngineSystem(load_settings(), Pipeline(), embedder=HashEmbedder(languages=("en",)))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with some pages of the sample."""
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        (folder / page).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE_FOLDER / "knowledge" / page, folder / page)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def client(pages: Path, data: Path) -> Iterator[TestClient]:
    """Serve the pages; the engine owns the data folder until the end of the test."""
    with local_system().open(data) as subject:
        assert isinstance(subject, EngineSubject)
        list(subject.add_folder(pages))
        app = create_app(load_settings(data_dir=data, parse_workers=0), engine=subject._engine)
        with TestClient(app) as made:
            yield made


def ask(client: TestClient, question: str, **more: object) -> Json:
    body = {"knowledge_base": KNOWLEDGE_BASE, "question": question, "threshold": 0, **more}
    found: Json = client.post("/v1/answer", json=body).json()
    return found


def judge(client: TestClient, answer: Json, **said: object) -> None:
    named = {"conversation_id": answer["conversation_id"], "answer_id": answer["answer_id"]}
    assert client.post("/v1/feedback", json={**named, **said}).status_code == 200


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(local_system), [str(each) for each in arguments])


def export(data: Path, out: Path, *more: str) -> Result:
    return invoke("export", "--kb", KNOWLEDGE_BASE, "--data-dir", data, "--out", out, *more)


def rows(out: Path) -> list[Json]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_questions_of_customers_become_an_evaluation(
    client: TestClient, pages: Path, data: Path, tmp_path: Path
) -> None:
    accepted = ask(client, E12)
    judge(client, accepted, verdict="solved", csat=5)
    rejected = ask(client, "How long does a parcel to Korea take?")
    judge(client, rejected, verdict="rejected", comment="lena.fischer@gmail.com asked for Norway.")
    withheld = ask(client, "Who won the match yesterday?", threshold=1)
    judge(client, withheld, verdict="accepted")
    out = tmp_path / "feedback.jsonl"
    done = export(data, out)
    assert done.exit_code == 0, done.output
    assert "3 rows in" in done.stderr
    assert "1 of them wait" in done.stderr
    assert "Scrubbed: 1 name, 1 email." in done.stderr
    assert not {"Lena", "Fischer", "gmail"} & set(out.read_text(encoding="utf-8").replace("@", " ").split())
    first, second, third = rows(out)
    assert first["text"] == "I am [name 1]. What does error E12 mean on my Drift R3?"
    assert first["documents"] == ["en/drift-r3-manual.md"]
    assert first["answers"][0] in accepted["answer"]["text"]
    assert (second["status"], second["kind"]) == ("proposed", "out_of_scope")
    assert second["note"].endswith("Because: [email 1] asked for Norway.")
    assert (third["text"], third["kind"]) == ("Who won the match yesterday?", "out_of_scope")
    valid = invoke("validate", out, "--knowledge", pages)
    assert "questions: 3 records, 0 problems" in valid.stdout
    ran = invoke("run", "--questions", out, "--knowledge", pages, "--out", tmp_path / "run")
    assert ran.exit_code == 0, ran.output
    figures = {name: load_results(tmp_path / "run").figure(name) for name in ("containment@0", "retrieved@10")}
    assert {name: figure.value for name, figure in figures.items() if figure} == dict.fromkeys(figures, 1.0)
    assert len(load_results(tmp_path / "run").cases) == 2


def test_a_solved_conversation_becomes_a_dialogue_that_can_be_held(
    client: TestClient, pages: Path, data: Path, tmp_path: Path
) -> None:
    first = ask(client, E12)
    second = ask(client, "And what does E1 mean?", conversation_id=first["conversation_id"])
    judge(client, second, verdict="solved")
    judge(client, ask(client, "What does E12 mean?"), verdict="accepted")
    out = tmp_path / "solved.jsonl"
    assert export(data, out, "--what", "conversations").exit_code == 0
    (row,) = rows(out)
    assert [turn["text"] for turn in row["turns"]][1] == "And what does E1 mean?"
    assert "I am [name 1]." in row["turns"][0]["text"]
    assert "questions: 1 records, 0 problems" in invoke("validate", out, "--knowledge", pages).stdout
    ran = invoke("run", "--questions", out, "--knowledge", pages, "--out", tmp_path / "run")
    assert ran.exit_code == 0, ran.output
    assert len(load_results(tmp_path / "run").cases) == 2


def test_the_newest_verdict_counts_and_the_same_question_comes_once(
    client: TestClient, data: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        answer = ask(client, "What does E12 mean on my Drift R3?")
        judge(client, answer, verdict="rejected")
        judge(client, answer, verdict="accepted")
        judge(client, answer, csat=1)
    done = export(data, tmp_path / "once.jsonl", "--json")
    assert json.loads(done.stdout) == {
        "rows": 1,
        "proposed": 0,
        "scrubbed": {},
        "left_out": {"said before": 1},
        "refused": [],
    }
    assert "status" not in rows(tmp_path / "once.jsonl")[0]


def test_what_cannot_be_scrubbed_is_not_written_but_named(client: TestClient, data: Path, tmp_path: Path) -> None:
    page = b"# Lids\n\nA lid for the Cora C1 costs 9 euros.\n"
    files = {"files": ("lena.fischer@gmail.com.md", page)}
    assert client.post("/v1/documents", data={"knowledge_base": KNOWLEDGE_BASE}, files=files).status_code == 200
    answer = ask(client, "What does a lid for the Cora C1 cost?")
    assert [each["uri"] for each in answer["citations"]] == ["lena.fischer@gmail.com.md"]
    judge(client, answer, verdict="accepted")
    done = export(data, tmp_path / "none.jsonl")
    assert done.exit_code == 1
    assert "Not written: feedback-" in done.stderr
    assert "1 personal data in the name of a document" in done.stderr
    assert not (tmp_path / "none.jsonl").exists()


def test_there_must_be_something_to_export_and_nothing_is_overwritten(
    client: TestClient, data: Path, tmp_path: Path
) -> None:
    assert "no feedback to export" in export(data, tmp_path / "x.jsonl").stderr
    judge(client, ask(client, "What does E12 mean on my Drift R3?"), verdict="accepted")
    later = export(data, tmp_path / "x.jsonl", "--since", "2999-01-01")
    assert (later.exit_code, "no feedback to export" in later.stderr) == (2, True)
    assert export(data, tmp_path / "x.jsonl", "--since", "2020-01-01").exit_code == 0
    assert "x.jsonl exists" in export(data, tmp_path / "x.jsonl").stderr
    missing = invoke("export", "--kb", "nowhere", "--data-dir", data, "--out", tmp_path / "y.jsonl")
    assert (missing.exit_code, "There is no knowledge base 'nowhere'" in missing.stderr) == (2, True)


@pytest.mark.usefixtures("client")
def test_drafts_are_made_beside_a_running_server_too(data: Path, pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "drafts.jsonl"
    done = invoke("draft", "--kb", KNOWLEDGE_BASE, "--data-dir", data, "--limit", "5", "--out", out)
    assert (done.exit_code, len(rows(out))) == (0, 5)
    assert {row["status"] for row in rows(out)} == {"proposed"}
    assert "5 records, 0 problems" in invoke("validate", out, "--knowledge", pages).stdout
