"""Golden runs over the fake system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.domain.conversation import Role, Turn
from evals.datasets.golden import GoldenKind, GoldenQuestion
from evals.golden import run_golden
from tests.unit.evals.fake_system import FakeSystem


def question(
    id: str, text: str, kind: GoldenKind, *, document: str = "", answer: str = "", said: str = ""
) -> GoldenQuestion:
    history = (Turn(Role.CUSTOMER, said),) if said else ()
    return GoldenQuestion(id, text, "en", kind, history, (document,) * bool(document), (answer,) * bool(answer))


QUESTIONS = (
    question("a", "delivery takes", GoldenKind.ANSWERABLE, document="en/delivery.md", answer="2 days"),
    question("b", "invoice by e-mail", GoldenKind.ANSWERABLE, document="en/billing.md", answer="by post"),
    question("c", "abroad", GoldenKind.FOLLOW_UP, document="en/delivery.md", answer="2 days", said="delivery takes"),
    question("d", "保固", GoldenKind.CROSS_LANGUAGE, document="en/warranty.md", answer="24 months"),
    question("e", "rain tomorrow", GoldenKind.OUT_OF_SCOPE),
    question("f", "an invoice", GoldenKind.OUT_OF_SCOPE),
)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "delivery.md").write_text("Delivery takes 2 days.\n", encoding="utf-8")
    (folder / "en" / "billing.md").write_text("An invoice comes by e-mail.\n", encoding="utf-8")
    (folder / "en" / "warranty.md").write_text("The warranty is 24 months.\n", encoding="utf-8")
    return folder


def test_metrics_over_all_and_by_kind(system: FakeSystem, knowledge: Path) -> None:
    report = run_golden(system, QUESTIONS, knowledge=knowledge)
    assert report.summary.metrics == {
        "document_hit": 3 / 4,
        "containment": 2 / 4,
        "answered": 3 / 4,
        "citation_exactness": 1.0,
        "abstained_out_of_scope": 1 / 2,
        # In scope 1, 1, 2/3, 0; out of scope 0 and 1: of eight pairs three are won and three are ties.
        "abstention_auroc": (3 + 3 / 2) / 8,
    }
    assert report.kinds[GoldenKind.ANSWERABLE]["containment"] == 1 / 2
    assert report.kinds[GoldenKind.FOLLOW_UP]["document_hit"] == 1.0
    assert report.kinds[GoldenKind.CROSS_LANGUAGE]["answered"] == 0.0
    assert report.kinds[GoldenKind.OUT_OF_SCOPE] == {"questions": 2, "abstained_out_of_scope": 0.5}


def test_the_json_is_the_summary_and_the_kinds(system: FakeSystem, knowledge: Path) -> None:
    document = json.loads(json.dumps(run_golden(system, QUESTIONS, knowledge=knowledge).as_json()))
    assert list(document) == ["dataset", "split", "queries", "metrics", "settings", "seconds", "kinds"]
    assert (document["dataset"], document["split"], document["queries"]) == ("sample", "golden", 6)
    assert set(document["kinds"]) == {"answerable", "follow_up", "cross_language", "out_of_scope"}


def test_details_hold_every_answer(system: FakeSystem, knowledge: Path) -> None:
    details = json.loads(json.dumps(run_golden(system, QUESTIONS, knowledge=knowledge).details()))
    assert [result["judged"]["query_id"] for result in details["results"]] == list("abcdef")
    assert details["results"][0]["kind"] == "answerable"


def test_a_kind_that_is_not_asked_is_not_reported(system: FakeSystem, knowledge: Path) -> None:
    report = run_golden(system, QUESTIONS[:2], knowledge=knowledge)
    assert set(report.kinds) == {GoldenKind.ANSWERABLE}
    assert "abstention_auroc" not in report.summary.metrics
    assert "abstained_out_of_scope" not in report.summary.metrics


def test_files_that_cannot_be_indexed_are_named(system: FakeSystem, knowledge: Path) -> None:
    (knowledge / "empty.md").write_text("", encoding="utf-8")
    report = run_golden(system, QUESTIONS, knowledge=knowledge)
    assert [document.uri for document in report.failures] == ["empty.md"]
