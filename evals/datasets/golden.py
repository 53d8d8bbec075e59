"""Read questions and dialogues: what customers ask of a knowledge base, and what must come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.domain.conversation import Turn
from engine.errors import InvalidInput
from evals.datasets.problems import Problem, parsed_rows
from evals.datasets.rows import DialogueRow, DialogueTurnRow, GoldenKind, QuestionRow
from evals.metrics.citation_recall import Evidence

__all__ = [
    "SAMPLE_FOLDER",
    "Dialogue",
    "GoldenKind",
    "GoldenQuestion",
    "QuestionSet",
    "checked_questions",
    "load_golden",
    "load_questions",
    "numbered_questions",
    "question_files",
]

SAMPLE_FOLDER = Path(__file__).parent.parent / "sample"


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with its history, the documents that answer it and the wordings of the answer in them.

    `documents` are paths under the folder of the knowledge base; any one of them, and any one of `answers`, will do.
    Out-of-scope questions have neither. `standalone` is a follow-up as it would be asked without its history. All of
    `evidence` must be cited, nothing of `forbidden` may be said; `hand_over` is None where either will do.
    """

    id: str
    text: str
    language: str
    kind: GoldenKind
    history: tuple[Turn, ...]
    documents: tuple[str, ...]
    answers: tuple[str, ...]
    standalone: str = ""
    evidence: tuple[Evidence, ...] = ()
    forbidden: tuple[str, ...] = ()
    hand_over: bool | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Messages of one conversation, each with what is expected of its answer; ids are the dialogue's with "#1", …."""

    id: str
    turns: tuple[GoldenQuestion, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What question files hold; `proposed` counts drafts that nobody has approved, which are left out."""

    questions: tuple[GoldenQuestion, ...]
    dialogues: tuple[Dialogue, ...]
    proposed: int = 0


def load_golden(folder: Path) -> tuple[GoldenQuestion, ...]:
    """Read the approved questions of `folder`, see `load_questions`."""
    return load_questions(folder).questions


def load_questions(*paths: Path) -> QuestionSet:
    """Read *.jsonl files, and all of them in folders in the order of their names.

    A row with "turns" is a dialogue, any other a question. InvalidInput names file, line and field.
    """
    files = list[Path]()
    for path in paths:
        if not (found := question_files(path)):
            raise InvalidInput(f"{path} has no golden questions (*.jsonl).", remedy="Check the path.")
        files += found
    rows = list[QuestionRow | DialogueRow]()
    for row in checked_questions(files):
        if isinstance(row, Problem):
            raise row.error()
        rows.append(row)
    approved = [row for row in rows if row.status == "approved"]
    questions = tuple(_question(row) for row in approved if isinstance(row, QuestionRow))
    dialogues = tuple(_dialogue(row) for row in approved if isinstance(row, DialogueRow))
    return QuestionSet(questions, dialogues, len(rows) - len(approved))


def question_files(path: Path) -> tuple[Path, ...]:
    """Return the file itself, or the *.jsonl files of a folder by name."""
    return tuple(sorted(path.glob("*.jsonl"))) if path.is_dir() else (path,)


def checked_questions(files: Sequence[Path]) -> Iterator[QuestionRow | DialogueRow | Problem]:
    """Yield the rows of the files and a Problem for each fault, repeated ids included."""
    for found in numbered_questions(files):
        yield found if isinstance(found, Problem) else found[2]


def numbered_questions(files: Sequence[Path]) -> Iterator[tuple[Path, int, QuestionRow | DialogueRow] | Problem]:
    """Yield as `checked_questions` does, each row with its file and line."""
    seen = Counter[str]()
    for file in files:
        for found in parsed_rows(file, _model):
            if isinstance(found, Problem):
                yield found
                continue
            number, row = found
            seen[row.id] += 1
            if seen[row.id] > 1:
                yield Problem(file.name, number, "id", f"repeats the id {row.id!r}", "Make each id unique.")
            else:
                yield file, number, row


def _model(value: object) -> type[QuestionRow] | type[DialogueRow]:
    return DialogueRow if isinstance(value, dict) and "turns" in value else QuestionRow


def _question(row: QuestionRow) -> GoldenQuestion:
    history = tuple(Turn(turn.role, turn.text, turn.action) for turn in row.history)
    return _expected(row, row.id, row.language, history, row.standalone)


def _dialogue(row: DialogueRow) -> Dialogue:
    turns = (_expected(turn, f"{row.id}#{n}", row.language) for n, turn in enumerate(row.turns, 1))
    return Dialogue(row.id, tuple(turns))


def _expected(
    row: DialogueTurnRow, id: str, language: str, history: tuple[Turn, ...] = (), standalone: str = ""
) -> GoldenQuestion:
    return GoldenQuestion(
        id=id,
        text=row.text,
        language=language,
        kind=row.kind,
        history=history,
        documents=row.documents,
        answers=row.answers,
        standalone=standalone,
        evidence=tuple((each.document, each.quote) for each in row.evidence),
        forbidden=row.forbidden,
        hand_over=row.hand_over,
    )
