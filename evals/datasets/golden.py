"""Read golden questions: what customers ask of the sample knowledge base, and what must come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from evals.datasets.jsonl import Record, read_records

__all__ = ["SAMPLE_FOLDER", "GoldenKind", "GoldenQuestion", "load_golden"]

SAMPLE_FOLDER = Path(__file__).parent.parent / "sample"


class GoldenKind(StrEnum):
    """What a golden question tries."""

    ANSWERABLE = "answerable"
    FOLLOW_UP = "follow_up"
    CROSS_LANGUAGE = "cross_language"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with its history, the documents that answer it and the wordings of the answer in them.

    `documents` are paths under the folder of the knowledge base; any one of them, and any one of `answers`, will do.
    Out-of-scope questions have neither. `standalone` is a follow-up as it would be asked without its history.
    """

    id: str
    text: str
    language: str
    kind: GoldenKind
    history: tuple[Turn, ...]
    documents: tuple[str, ...]
    answers: tuple[str, ...]
    standalone: str = ""


def load_golden(folder: Path) -> tuple[GoldenQuestion, ...]:
    """Read all *.jsonl files of `folder` in the order of their names; InvalidInput names the file and line."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InvalidInput(f"{folder} has no golden questions (*.jsonl).", remedy="Check the path.")
    questions = tuple(question for file in files for question in _questions(file))
    ids = [question.id for question in questions]
    repeated = sorted({each for each in ids if ids.count(each) > 1})
    if repeated:
        raise InvalidInput(f"Golden questions repeat ids: {', '.join(repeated)}.", remedy="Make each id unique.")
    return questions


def _questions(file: Path) -> Iterator[GoldenQuestion]:
    for record in read_records(file):
        kind = _kind(record)
        documents, answers = record.texts("documents"), record.texts("answers")
        if (kind is GoldenKind.OUT_OF_SCOPE) == bool(documents or answers):
            raise record.error('needs "documents" and "answers", unless it is out_of_scope')
        if bool(documents) != bool(answers):
            raise record.error('needs both "documents" and "answers"')
        yield GoldenQuestion(
            id=record.text("id"),
            text=record.text("text"),
            language=record.text("language"),
            kind=kind,
            history=tuple(_turn(turn) for turn in record.records("history")),
            documents=documents,
            answers=answers,
            standalone=record.text("standalone", default=""),
        )


def _kind(record: Record) -> GoldenKind:
    try:
        return GoldenKind(record.text("kind"))
    except ValueError as error:
        raise record.error(f'needs a "kind" among {", ".join(GoldenKind)}') from error


def _turn(record: Record) -> Turn:
    try:
        return Turn(Role(record.text("role")), record.text("text"))
    except ValueError as error:
        raise record.error(f'needs a "role" in its history among {", ".join(Role)}') from error
