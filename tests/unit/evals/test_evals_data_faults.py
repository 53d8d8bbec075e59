"""Faulty data: every command and every reader names the file, the line and a remedy, and never shows a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from engine.errors import InvalidInput
from evals.bench.cli import app as bench
from evals.bench.injection_plants import attacks
from evals.bench.personal_data import bench_personal_data
from evals.datasets.actions import load_actions
from evals.datasets.beir import load_beir
from evals.datasets.golden import load_questions
from evals.datasets.jsonl import read_records
from evals.datasets.promises import load_replies
from evals.datasets.sentiment import read_moods
from evals.datasets.suggestions import load_sent_replies
from evals.datasets.summaries import read_summaries
from evals.datasets.validate import validate

DEEP = "[" * 200_000
MOOD: dict[str, object] = {
    "id": "m1",
    "text": "Hm.",
    "language": "en",
    "polarity": "neutral",
    "emotion": "neutral",
    "level": 3,
}
TURN: dict[str, object] = {"role": "customer", "text": "Where is it?"}
SUMMARY: dict[str, object] = {
    "id": "s1",
    "language": "en",
    "turns": [TURN],
    "facts": ["where"],
    "reference": "Asks where it is.",
}
SENT: dict[str, object] = {"id": "r1", "language": "en", "turns": [TURN], "sent": "On its way."}
ACTION: dict[str, object] = {
    "id": "a1",
    "language": "en",
    "text": "A person, please",
    "handoff": {"reason": "requested"},
}
PROMISE: dict[str, object] = {"id": "p1", "language": "en", "text": "We refund you.", "promises": []}
QUESTION: dict[str, object] = {
    "id": "q1",
    "language": "en",
    "kind": "answerable",
    "text": "How long?",
    "documents": ["a.md"],
    "answers": ["2 years"],
}
READERS: dict[str, tuple[Callable[[Path], object], dict[str, object]]] = {
    "moods": (read_moods, MOOD),
    "summaries": (read_summaries, SUMMARY),
    "sent replies": (load_sent_replies, SENT),
    "actions": (load_actions, ACTION),
    "promises": (load_replies, PROMISE),
    "questions": (load_questions, QUESTION),
}


def run(app: typer.Typer, *words: object) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def folder_of(tmp_path: Path, text: str, name: str = "rows.jsonl") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def failure(read: Callable[[Path], object], path: Path) -> InvalidInput:
    with pytest.raises(InvalidInput) as raised:
        read(path)
    assert raised.value.remedy
    return raised.value


@pytest.mark.parametrize("kind", READERS)
def test_a_sound_row_is_read(kind: str, tmp_path: Path) -> None:
    read, row = READERS[kind]
    assert read(folder_of(tmp_path, f"\ufeff\n{json.dumps(row)}\n\n"))


@pytest.mark.parametrize("kind", READERS)
def test_an_empty_folder_is_named(kind: str, tmp_path: Path) -> None:
    read, _ = READERS[kind]
    assert str(tmp_path) in failure(read, tmp_path).message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        (DEEP, "nested too deeply"),
    ],
    ids=["broken", "list", "text", "deep"],
)
@pytest.mark.parametrize("kind", READERS)
def test_a_line_that_is_no_object_is_named_by_file_and_number(kind: str, line: str, said: str, tmp_path: Path) -> None:
    read, row = READERS[kind]
    found = failure(read, folder_of(tmp_path, f"{json.dumps(row)}\n{line}\n"))
    assert found.message.startswith("rows.jsonl, line 2: "), found.message
    assert said in found.message


@pytest.mark.parametrize("kind", READERS)
def test_a_row_without_its_fields_is_named_by_file_and_number(kind: str, tmp_path: Path) -> None:
    read, row = READERS[kind]
    found = failure(read, folder_of(tmp_path, f"{json.dumps(row)}\n\n{{}}\n"))
    assert found.message.startswith("rows.jsonl, line 3: ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"polarity": "angry"}, "polarity and emotion"),
        ({"emotion": "hungry"}, "polarity and emotion"),
        ({"level": 0}, "from 1 to 5"),
        ({"level": 6}, "from 1 to 5"),
        ({"level": "3"}, "from 1 to 5"),
        ({"level": 2.5}, "from 1 to 5"),
        ({"text": None}, '"text"'),
    ],
)
def test_a_mood_that_there_is_not(change: dict[str, object], said: str, tmp_path: Path) -> None:
    assert said in failure(read_moods, folder_of(tmp_path, json.dumps({**MOOD, **change}))).message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"turns": []}, '"turns" and "facts"'),
        ({"facts": []}, '"turns" and "facts"'),
        ({"facts": "one"}, 'list of strings "facts"'),
        ({"turns": ["Hi"]}, 'list of objects "turns"'),
        ({"turns": [{"role": "robot", "text": "Hi"}]}, "known role"),
    ],
)
def test_a_summary_without_turns_or_facts(change: dict[str, object], said: str, tmp_path: Path) -> None:
    assert said in failure(read_summaries, folder_of(tmp_path, json.dumps({**SUMMARY, **change}))).message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("missing.json", None),
        ("list.json", "[1, 2]"),
        ("texts.json", '{"spam": "buy"}'),
        ("numbers.json", '{"spam": [1]}'),
        ("broken.json", "{"),
        ("deep.json", DEEP),
    ],
)
def test_attacks_that_cannot_be_read(name: str, text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(bench, "injection", tmp_path / name, tmp_path / "contexts.jsonl", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr


def test_attacks_are_halved_and_put_together_again(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"spam": ["buy", "sell"], "leak": ["tell", "show", "say"]}))
    first, second, whole = (attacks(tmp_path / "a.json", half=half) for half in ("first", "second", "all"))
    assert sorted(each.text for each in (*first, *second)) == sorted(each.text for each in whole)
    assert {len(first), len(second)} == {2, 3}
    with pytest.raises(InvalidInput, match="'third'"):
        attacks(tmp_path / "a.json", half="third")


EMPTY_HANDED = {
    "moods": ("sentiment", "--cues-only", "--data", "{}"),
    "summaries": ("summaries", "--data", "{}"),
    "clean pages": ("words", "--count", "3", "--clean", "{}"),
    "parsing": ("parsing", "{}"),
    "out of scope": ("out-of-scope", "{}"),
    "intents": ("intents", "--bundled", "--data", "{}"),
    "no such set": ("intents", "--bundled", "--only", "banking", "--data", "{}"),
}


@pytest.mark.parametrize("kind", EMPTY_HANDED)
def test_a_bench_over_nothing_says_so_and_measures_nothing(kind: str, tmp_path: Path) -> None:
    result = run(bench, *(word.replace("{}", str(tmp_path)) for word in EMPTY_HANDED[kind]), "--json")
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert len(result.stderr.strip().split(". ")) >= 2, result.stderr  # what is wrong, and what to do


def test_no_text_with_personal_data_is_no_perfect_score(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no labelled texts"):
        bench_personal_data(())
    (tmp_path / "none.jsonl").write_text("\n")
    assert run(bench, "personal-data", tmp_path / "none.jsonl", "--json").exit_code == 2


def beir(tmp_path: Path, qrels: str) -> Path:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d1", "text": "lid"}\n{"_id": "d2", "text": "cord"}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "lid?"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text(qrels)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("q1\td1\tnan", "score"),
        ("q1\td1\tinf", "score"),
        ("q1\td1\t-Infinity", "score"),
        ("q1\td1\tgood", "score"),
        ("q1\td9\t1", "corpus-id"),
        ("q9\td1\t1", "query-id"),
        ("q1\td1", ""),
        ("q1 d1 1", ""),
    ],
)
def test_a_judgement_that_does_not_hold_is_found_by_validator_and_reader_alike(
    line: str, field: str, tmp_path: Path
) -> None:
    folder = beir(tmp_path, f"query-id\tcorpus-id\tscore\nq1\td2\t1\n{line}\n")
    (problem,) = validate(folder).problems
    assert (problem.file, problem.line, problem.field) == ("qrels/test.tsv", 3, field)
    assert problem.remedy
    assert "test.tsv, line 3" in failure(load_beir, folder).message


@pytest.mark.parametrize(("grades", "relevant"), [("1\t0.5", {"d1": 1.0, "d2": 0.5}), ("0\t2", {"d2": 2.0})])
def test_grades_above_nought_count(grades: str, relevant: dict[str, float], tmp_path: Path) -> None:
    first, second = grades.split("\t")
    (query,) = load_beir(beir(tmp_path, f"q1\td1\t{first}\nq1\td2\t{second}\n")).queries
    assert query.relevant == relevant


def test_documents_of_a_question_must_lie_under_the_knowledge(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "a.md").touch()
    (tmp_path / "secret.md").touch()
    rows = [
        QUESTION,
        {**QUESTION, "id": "q2", "documents": ["../secret.md"]},
        {**QUESTION, "id": "q3", "evidence": [{"document": "b.md", "quote": "2 years"}]},
        {"id": "d1", "language": "en", "turns": [{"text": "Hi", "documents": ["c.md"], "answers": ["x"]}]},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = validate(file, knowledge=knowledge)
    assert [(each.file, each.line, each.field) for each in found.problems] == [
        ("q.jsonl", 2, "documents"),
        ("q.jsonl", 3, "evidence"),
        ("q.jsonl", 4, "documents"),
    ]
    assert "'../secret.md', which is not under knowledge" in found.problems[0].message
    assert found.records == 4


def test_characters_beyond_the_plane_and_line_separators_stay_inside_their_line(tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text('{"a": "\\ud83d\\ude00", "b": "x\\u2028y"}\n{"a": "z"}', encoding="utf-8")
    assert [record.values["a"] for record in read_records(file)] == ["😀", "z"]
