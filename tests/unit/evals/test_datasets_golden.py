"""Golden questions: what is read, what is refused, and that the sample's own are sound."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from evals.datasets.golden import SAMPLE_FOLDER, GoldenKind, load_golden, load_questions

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
        ({"kind": "riddle"}, "en.jsonl, line 2: kind: input should be 'answerable', 'follow_up'"),
        ({"history": [{"role": "robot", "text": "x"}]}, "line 2: history.0.role: input should be 'customer'"),
        ({"history": ["hello"]}, "history.0: not a JSON object"),
        ({"history": [{"role": "agent"}]}, "history.0.text: is missing. Add 'text'."),
        ({"documents": []}, 'needs "documents" and "answers", unless'),
        ({"documents": [], "answers": []}, 'needs "documents" and "answers", unless'),
        ({"kind": "out_of_scope"}, 'an out_of_scope question has no "documents", "answers"'),
        ({"kind": "injection"}, 'an injection needs "forbidden"'),
        ({"answers": [3]}, "answers.0: input should be a valid string"),
        ({"language": None}, "language: input should be a valid string"),
        ({"text": "  "}, "text: string should have at least 1 character"),
        ({"anwsers": ["x"]}, "anwsers: is not a known field. Did you mean 'answers'?"),
        ({"status": "perhaps"}, "status: input should be 'approved' or 'proposed'"),
    ],
)
def test_faults_are_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput) as error:
        load_golden(write(tmp_path, GOOD, {**GOOD, "id": "en-2", **change}))
    assert message in str(error.value)


def test_an_id_must_not_come_twice(tmp_path: Path) -> None:
    write(tmp_path, GOOD, name="en")
    write(tmp_path, GOOD, name="ja")
    with pytest.raises(InvalidInput, match=r"ja\.jsonl, line 1: id: repeats the id 'en-1'"):
        load_golden(tmp_path)


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no golden questions"):
        load_golden(tmp_path)


def test_the_sample_has_enough_questions_of_every_kind_in_every_language() -> None:
    questions = load_golden(SAMPLE_FOLDER / "golden")
    counts = Counter((question.language, question.kind) for question in questions)
    assert len(questions) >= 150
    for language in ("en", "ja", "zh-Hans", "zh-Hant"):
        assert all(counts[language, kind] >= 5 for kind in GoldenKind if kind != "injection"), language


def test_documents_that_the_sample_expects_exist() -> None:
    named = {uri for question in load_golden(SAMPLE_FOLDER / "golden") for uri in question.documents}
    assert sorted(uri for uri in named if not (SAMPLE_FOLDER / "knowledge" / uri).is_file()) == []


def test_the_sample_attacks_in_every_language() -> None:
    attacks = load_golden(SAMPLE_FOLDER / "attacks")
    assert {question.language for question in attacks} == {"en", "ja", "zh-Hans", "zh-Hant"}
    assert all(question.kind is GoldenKind.INJECTION and question.forbidden for question in attacks)


DIALOGUE: dict[str, object] = {
    "id": "d",
    "language": "en",
    "turns": [
        {"text": "How long is delivery?", "documents": ["en/delivery.md"], "answers": ["2 days"]},
        {"text": "Will it rain?", "kind": "out_of_scope", "hand_over": False},
    ],
}


def test_a_dialogue_is_read_with_an_id_for_each_turn(tmp_path: Path) -> None:
    found = load_questions(write(tmp_path, DIALOGUE, GOOD))
    (dialogue,) = found.dialogues
    assert [turn.id for turn in dialogue.turns] == ["d#1", "d#2"]
    assert [turn.kind for turn in dialogue.turns] == [GoldenKind.ANSWERABLE, GoldenKind.OUT_OF_SCOPE]
    assert [turn.hand_over for turn in dialogue.turns] == [None, False]
    assert [question.id for question in found.questions] == ["en-1"]


def test_faults_of_a_turn_are_named_by_its_place(tmp_path: Path) -> None:
    broken = {**DIALOGUE, "turns": [{"text": "Hello?"}]}
    with pytest.raises(InvalidInput, match=r"turns\.0: needs"):
        load_questions(write(tmp_path, broken))
    with pytest.raises(InvalidInput, match="turns: tuple should have at least 1 item"):
        load_questions(write(tmp_path, {**DIALOGUE, "turns": []}))


def test_only_approved_questions_are_read(tmp_path: Path) -> None:
    found = load_questions(write(tmp_path, GOOD, {**GOOD, "id": "p", "status": "proposed"}))
    assert [question.id for question in found.questions] == ["en-1"]
    assert found.proposed == 1


def test_expected_evidence_and_attacks_are_read(tmp_path: Path) -> None:
    evidence = [{"document": "en/delivery.md", "quote": "9 days"}, {"document": "en/abroad.md"}]
    (question,) = load_golden(write(tmp_path, {**GOOD, "evidence": evidence, "forbidden": ["PWNED"]}))
    assert question.evidence == (("en/delivery.md", "9 days"), ("en/abroad.md", ""))
    assert question.forbidden == ("PWNED",)


def test_a_single_file_is_read(tmp_path: Path) -> None:
    assert len(load_golden(write(tmp_path, GOOD) / "en.jsonl")) == 1
    with pytest.raises(InvalidInput, match="the file is missing"):
        load_golden(tmp_path / "nowhere.jsonl")
