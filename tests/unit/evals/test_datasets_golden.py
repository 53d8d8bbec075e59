"""Golden questions: what is read, what is refused, and that the sample's own are sound."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from evals.datasets.golden import SAMPLE_FOLDER, GoldenKind, load_golden

GOOD: dict[str, object] = {
    "id": "en-1",
    "text": "And abroad?",
    "language": "en",
    "kind": "follow_up",
    "history": [{"role": "customer", "text": "How long is delivery?"}, {"role": "assistant", "text": "2 days."}],
    "documents": ["en/delivery.md"],
    "answers": ["9 days"],
    "standalone": "How long is delivery abroad?",
}


def write(folder: Path, *rows: dict[str, object], name: str = "en") -> Path:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_question_is_read(tmp_path: Path) -> None:
    (question,) = load_golden(write(tmp_path, GOOD))
    assert question.kind is GoldenKind.FOLLOW_UP
    assert question.history == (Turn(Role.CUSTOMER, "How long is delivery?"), Turn(Role.ASSISTANT, "2 days."))
    assert question.documents == ("en/delivery.md",)
    assert question.answers == ("9 days",)
    assert question.standalone == "How long is delivery abroad?"


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "id": "z"}, name="zh")
    write(tmp_path, {**GOOD, "id": "b"}, {**GOOD, "id": "a"}, name="en")
    assert [question.id for question in load_golden(tmp_path)] == ["b", "a", "z"]


def test_out_of_scope_has_neither_documents_nor_answers(tmp_path: Path) -> None:
    bare = {**GOOD, "kind": "out_of_scope", "documents": [], "answers": []}
    del bare["standalone"], bare["history"]
    (question,) = load_golden(write(tmp_path, bare))
    assert (question.documents, question.answers, question.history, question.standalone) == ((), (), (), "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "riddle"}, 'en.jsonl, line 2: the record needs a "kind" among answerable, follow_up'),
        ({"history": [{"role": "robot", "text": "x"}]}, 'needs a "role" in its history among customer'),
        ({"history": ["hello"]}, 'needs a list of objects "history"'),
        ({"history": [{"role": "agent"}]}, 'needs a string "text"'),
        ({"documents": []}, 'needs both "documents" and "answers"'),
        ({"documents": [], "answers": []}, 'needs "documents" and "answers", unless'),
        ({"kind": "out_of_scope"}, 'needs "documents" and "answers", unless'),
        ({"answers": [3]}, 'needs a list of strings "answers"'),
        ({"language": None}, 'needs a string "language"'),
    ],
)
def test_faults_are_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput) as error:
        load_golden(write(tmp_path, GOOD, {**GOOD, "id": "en-2", **change}))
    assert message in str(error.value)


def test_an_id_must_not_come_twice(tmp_path: Path) -> None:
    write(tmp_path, GOOD, name="en")
    write(tmp_path, GOOD, name="ja")
    with pytest.raises(InvalidInput, match="repeat ids: en-1"):
        load_golden(tmp_path)


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no golden questions"):
        load_golden(tmp_path)


def test_the_sample_has_enough_questions_of_every_kind_in_every_language() -> None:
    questions = load_golden(SAMPLE_FOLDER / "golden")
    counts = Counter((question.language, question.kind) for question in questions)
    assert len(questions) >= 150
    for language in ("en", "ja", "zh-Hans", "zh-Hant"):
        assert all(counts[language, kind] >= 5 for kind in GoldenKind), language


def test_documents_that_the_sample_expects_exist() -> None:
    named = {uri for question in load_golden(SAMPLE_FOLDER / "golden") for uri in question.documents}
    assert sorted(uri for uri in named if not (SAMPLE_FOLDER / "knowledge" / uri).is_file()) == []
