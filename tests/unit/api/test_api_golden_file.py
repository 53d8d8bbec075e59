from __future__ import annotations

from pathlib import Path

import pytest

from api.schemas.golden import read_golden
from engine.domain.proposals import Expected
from engine.errors import InvalidInput

ROWS = """
{"id": "1", "text": "How long?", "language": "en", "kind": "answerable", "answers": ["30 days"], "documents": ["a.md"]}

{"id": "2", "text": "And there?", "history": [{"role": "customer", "text": "How long?"}], "answers": ["5 days"]}
{"id": "3", "text": "A draft?", "status": "proposed"}
{"id": "4", "turns": []}
{"id": "5", "text": "Who won?"}
"""


def test_approved_questions_that_stand_alone_are_read(tmp_path: Path) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text(ROWS, encoding="utf-8")
    assert read_golden(file) == (Expected("How long?", ("30 days",), "en"), Expected("Who won?", (), ""))


@pytest.mark.parametrize("content", ["no json\n", '{"text": 5}\n', "[]\n"])
def test_lines_that_are_no_question_are_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match="no golden question"):
        read_golden(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_golden(tmp_path / "none.jsonl")
