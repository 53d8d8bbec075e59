from __future__ import annotations

from pathlib import Path

import pytest

from engine.answering.extract import Extraction, Quote
from engine.assist.drafts.evidence import Evidence
from engine.domain.knowledge import Span
from evals import fit_drafts
from evals.datasets.golden import SAMPLE_FOLDER, GoldenQuestion, load_golden
from evals.datasets.rows import GoldenKind
from evals.fit_drafts import CONFIDENCES, Weighed, rows, weighed
from tests.unit.assist.drafts.desk import assist_desk
from tests.unit.engine.desk import KB

SAID = "You may return it within 30 days."


@pytest.fixture(scope="module")
def questions() -> dict[GoldenKind, GoldenQuestion]:
    return {each.kind: each for each in reversed(load_golden(SAMPLE_FOLDER / "golden")) if not each.history}


def evidence(text: str, confidence: float) -> Evidence:
    return Evidence(extraction=Extraction((Quote(0, Span(0, len(text)), text),)), confidence=confidence)


def test_evidence_is_right_if_it_holds_a_golden_answer(questions: dict[GoldenKind, GoldenQuestion]) -> None:
    question = questions[GoldenKind.ANSWERABLE]
    assert Weighed.of(question, evidence(f"It is so: {question.answers[0]}!", 0.6)) == Weighed(0.6, True, True)
    assert Weighed.of(question, evidence(SAID, 0.3)) == Weighed(0.3, False, True)


def test_a_question_without_an_answer_has_no_right_evidence(questions: dict[GoldenKind, GoldenQuestion]) -> None:
    without = next(each for each in questions.values() if not each.answers)
    assert Weighed.of(without, evidence(SAID, 0.9)) == Weighed(0.9, False, False)


def test_the_fewer_are_quoted_the_surer_they_must_be() -> None:
    found = [Weighed(at / 20, at % 2 == 0, at % 3 > 0) for at in range(20)]
    table = list(rows(found))
    assert [least for least, *_ in table] == list(CONFIDENCES)
    quoted = [count for _, count, *_ in table]
    assert quoted == sorted(quoted)
    assert all(right <= count and without <= count for _, count, right, without in table)


def test_questions_are_weighed_against_a_knowledge_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questions: dict[GoldenKind, GoldenQuestion]
) -> None:
    monkeypatch.setattr(fit_drafts, "KNOWLEDGE_BASE", KB)
    with assist_desk(tmp_path) as assist:
        found = list(weighed(assist.engine, list(questions.values())))
    assert 0 < len(found) <= len(questions)
    assert all(0 <= each.confidence <= 1 and not each.right for each in found)
