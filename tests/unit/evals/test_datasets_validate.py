"""The validator: every fault with its file, line, field and remedy; sound data have none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.validate import validate

WriteBeir = Callable[..., Path]
GOOD: Mapping[str, object] = {
    "id": "a",
    "text": "How long?",
    "language": "en",
    "kind": "answerable",
    "documents": ["x.md"],
    "answers": ["2 days"],
}


def said(path: Path, **options: Path) -> list[str]:
    return [f"{each}. {each.remedy}" for each in validate(path, **options).problems]


def test_a_sound_beir_folder(beir: Path) -> None:
    found = validate(beir)
    assert (found.format, found.records, found.problems) == ("BEIR folder", 12, ())


def test_a_folder_of_beir_folders(write_beir: WriteBeir, tmp_path: Path) -> None:
    write_beir(name="one")
    write_beir(name="two")
    assert validate(tmp_path).records == 24


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"corpus": '{"_id": "a"}\n'}, "corpus.jsonl, line 1: text: is missing. Add 'text'."),
        ({"corpus": '{"_id": 3, "text": ""}\n'}, "corpus.jsonl, line 1: _id: input should be a valid string."),
        ({"corpus": "{nope\n"}, "corpus.jsonl, line 1: not JSON (Expecting property name"),
        ({"corpus": "[]\n"}, "corpus.jsonl, line 1: not a JSON object."),
        ({"corpus": None}, "corpus.jsonl: the file is missing. Check the path."),
        (
            {"queries": '{"_id": "q1", "text": "x", "answers": "y"}\n'},
            "queries.jsonl, line 1: answers: input",
        ),
        ({"qrels": {}}, "shop: there is no qrels/<split>.tsv. Add the judgements"),
        ({"qrels": {"test": "q1\treturns\n"}}, "qrels/test.tsv, line 1: 2 columns. Give query-id, corpus-id and score"),
        ({"qrels": {"test": "q9\treturns\t1\n"}}, "qrels/test.tsv, line 1: query-id: 'q9' is not in queries.jsonl."),
        ({"qrels": {"test": "q1\tnone\t1\n"}}, "qrels/test.tsv, line 1: corpus-id: 'none' is not in corpus.jsonl."),
        ({"qrels": {"test": "q1\treturns\thigh\n"}}, "qrels/test.tsv, line 1: score: 'high' is not a number."),
    ],
)
def test_faults_of_a_beir_folder(write_beir: WriteBeir, files: dict[str, object], expected: str) -> None:
    if "corpus" in files and files["corpus"] is None:
        folder = write_beir()
        (folder / "corpus.jsonl").unlink()
        with pytest.raises(InvalidInput, match="holds"):
            validate(folder / "qrels")
        return
    assert any(each.startswith(expected) for each in said(write_beir(**files))), said(write_beir(**files, name="b"))


def test_every_fault_is_told_and_not_the_first_only(write_beir: WriteBeir) -> None:
    corpus = '{"_id": "returns", "text": "x"}\n\n{"_id": "returns", "text": "y"}\n{"text": "z"}\n'
    folder = write_beir(corpus=corpus, qrels={"test": "query-id\tcorpus-id\tscore\nq1\treturns\t1\nq1\tno\t1\n"})
    assert said(folder) == [
        "corpus.jsonl, line 3: _id: repeats the id 'returns'. Make each id unique.",
        "corpus.jsonl, line 4: _id: is missing. Add '_id'.",
        "qrels/test.tsv, line 3: corpus-id: 'no' is not in corpus.jsonl. Correct the id or add the document.",
    ]


def test_a_file_in_another_encoding_is_told_with_the_line(write_beir: WriteBeir) -> None:
    folder = write_beir()
    (folder / "corpus.jsonl").write_bytes(b'{"_id": "a", "text": "x"}\n{"_id": "b", "text": "\xd6l"}\n')
    assert said(folder)[0] == "corpus.jsonl, line 2: not UTF-8. Convert the file to UTF-8."


def write(path: Path, *rows: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_sound_questions(tmp_path: Path) -> None:
    found = validate(write(tmp_path / "q.jsonl", GOOD, {"id": "d", "language": "en", "turns": [{**TURN}]}))
    assert (found.format, found.records, found.problems) == ("questions", 2, ())


TURN: Mapping[str, object] = {"text": "Hi?", "documents": ["x.md"], "answers": ["2 days"]}


def test_faults_of_questions_over_several_files(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", GOOD, {**GOOD, "id": "b", "knid": "x"})
    write(tmp_path / "b.jsonl", GOOD, {"id": "d", "language": "en", "turns": [{**TURN}, {"text": ""}]})
    problems = said(tmp_path)
    assert problems[0].startswith("a.jsonl, line 2: knid: is not a known field. Did you mean 'kind'?")
    assert problems[1] == "b.jsonl, line 1: id: repeats the id 'a'. Make each id unique."
    assert problems[2].startswith("b.jsonl, line 2: turns.1.text: string should have at least 1 character")


def test_documents_must_exist_where_they_are_known(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    file = write(tmp_path / "q.jsonl", GOOD)
    (problem,) = validate(file, knowledge=knowledge).problems
    assert "expects 'x.md', which is not under knowledge" in problem.message
    (knowledge / "x.md").touch()
    assert validate(file, knowledge=knowledge).problems == ()


def test_a_path_without_data_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.jsonl"):
        with pytest.raises(InvalidInput):
            validate(path)


def test_the_sample_is_sound() -> None:
    for name in ("golden", "attacks"):
        assert validate(SAMPLE_FOLDER / name, knowledge=SAMPLE_FOLDER / "knowledge").problems == ()
