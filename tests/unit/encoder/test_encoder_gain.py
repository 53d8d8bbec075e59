from __future__ import annotations

from pathlib import Path

import pytest

from engine.encoder.gain import Asked, by_language, gain_of, mean_reciprocal_rank, read_questions
from engine.encoder.own_pairs import OwnPage, OwnPassage
from engine.errors import InvalidInput
from tests.fakes.embedding import HashEmbedder

PAGES = [
    OwnPage("a.md", "", "en", (OwnPassage("refund within days"), OwnPassage("kettle"))),
    OwnPage("b.md", "", "en", (OwnPassage("refund"),)),
    OwnPage("empty.md", "", "en", ()),
]


def ask(text: str, *documents: str) -> float:
    return mean_reciprocal_rank(HashEmbedder(), [Asked(text, frozenset(documents))], PAGES)


def test_the_rank_is_that_of_the_first_right_document() -> None:
    assert ask("refund", "b.md") == 1
    assert ask("refund", "a.md") == 0.5
    assert ask("refund", "a.md", "b.md") == 1
    assert ask("kettle", "a.md") == 1


def test_what_cannot_be_found_counts_nothing() -> None:
    assert ask("refund", "nowhere.md") == 0
    assert ask("refund", "empty.md") == 0
    assert mean_reciprocal_rank(HashEmbedder(), [], PAGES) == 0
    assert mean_reciprocal_rank(HashEmbedder(), [Asked("x", frozenset({"a.md"}))], []) == 0


def test_ties_count_against() -> None:
    twins = [OwnPage(f"{name}.md", "", "en", (OwnPassage("refund"),)) for name in "ab"]
    assert mean_reciprocal_rank(HashEmbedder(), [Asked("refund", frozenset({"a.md"}))], twins) == 0.5


def test_the_mean_is_over_the_questions() -> None:
    questions = [Asked("refund", frozenset({"a.md"})), Asked("refund", frozenset({"b.md"}))]
    assert mean_reciprocal_rank(HashEmbedder(), questions, PAGES) == pytest.approx(0.75)


def test_questions_are_read_from_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "q", "documents": ["x.md"], "kind": "answerable"}\n\n', "utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "out", "documents": []}\n{"text": "r", "documents": ["y"]}\n', "utf-8")
    assert read_questions(tmp_path / "a.jsonl") == [Asked("q", frozenset({"x.md"}))]
    assert [question.text for question in read_questions(tmp_path)] == ["q", "r"]


@pytest.mark.parametrize(
    "content", ["{", '["secret"]', '{"documents": ["secret"]}', '{"text": "secret", "documents": 3}']
)
def test_other_files_are_refused_without_being_quoted(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jsonl").write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match=r"a\.jsonl is no file of golden questions") as caught:
        read_questions(tmp_path / "a.jsonl")
    assert "secret" not in caught.value.message


def test_the_gain_is_told_by_language() -> None:
    questions = [
        Asked("refund", frozenset({"b.md"}), "en"),
        Asked("refund", frozenset({"a.md"}), "ja"),
        Asked("kettle", frozenset({"a.md"})),
    ]
    assert gain_of(HashEmbedder(), questions, PAGES) == pytest.approx({"en": 1.0, "ja": 0.5, "": 2.5 / 3})
    assert gain_of(HashEmbedder(), [], PAGES) == {"": 0.0}
    assert by_language(questions, [1.0, 0.5, 0.0]) == {"en": 1.0, "ja": 0.5}


def test_a_golden_question_tells_its_language(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "q", "documents": ["x.md"], "language": "de"}\n', "utf-8")
    assert read_questions(tmp_path / "a.jsonl") == [Asked("q", frozenset({"x.md"}), "de")]
