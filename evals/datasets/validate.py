"""Check data files before a run: every fault with its file, line, field and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from engine.errors import InvalidInput
from evals.datasets.beir import beir_folders, finite
from evals.datasets.golden import numbered_questions, question_files
from evals.datasets.problems import Problem, numbered_lines, parsed_rows
from evals.datasets.rows import CorpusRow, DialogueRow, DialogueTurnRow, QueryRow

__all__ = ["Findings", "validate"]

Row = TypeVar("Row", CorpusRow, QueryRow)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a path holds, such as "BEIR folder", how many records were read, and what is wrong with them."""

    format: str
    records: int
    problems: tuple[Problem, ...]


def validate(path: Path, *, knowledge: Path | None = None) -> Findings:
    """Check a BEIR folder, a folder of such, a question file, or a folder of those.

    With `knowledge`, the documents that questions name must be files under that folder. InvalidInput if the path
    holds neither.
    """
    if (path.is_dir() and not any(path.glob("*.jsonl"))) or (path / "corpus.jsonl").is_file():
        found = [each for folder in beir_folders(path) for each in _beir(folder)]
        return _findings("BEIR folder", found)
    files = question_files(path)
    if not files or not all(file.is_file() for file in files):
        raise InvalidInput(f"{path} holds no data.", remedy="Name a BEIR folder or question files (*.jsonl).")
    return _findings("questions", list(_questions(files, knowledge)))


def _findings(format: str, found: list[Problem | None]) -> Findings:
    problems = tuple(each for each in found if each is not None)
    return Findings(format, len(found) - len(problems), problems)


def _questions(files: tuple[Path, ...], knowledge: Path | None) -> Iterator[Problem | None]:
    for found in numbered_questions(files):
        if isinstance(found, Problem):
            yield found
            continue
        file, number, row = found
        yield None
        turns: Sequence[DialogueTurnRow] = row.turns if isinstance(row, DialogueRow) else (row,)
        for field, document in sorted(set(_documents(turns))):
            if knowledge is not None and not _is_under(knowledge, document):
                message = f"question {row.id!r} expects {document!r}, which is not under {knowledge.name}"
                yield Problem(file.name, number, field, message, "Correct the path or add the document.")


def _documents(turns: Sequence[DialogueTurnRow]) -> Iterator[tuple[str, str]]:
    """Yield the documents that are named, each with the field that names it."""
    for turn in turns:
        yield from (("documents", document) for document in turn.documents)
        yield from (("evidence", each.document) for each in turn.evidence)


def _is_under(folder: Path, document: str) -> bool:
    path = (folder / document).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _beir(folder: Path) -> Iterator[Problem | None]:
    """Yield None for each sound record, and each problem."""
    known = {"corpus.jsonl": set[str](), "queries.jsonl": set[str]()}
    yield from _unique(folder / "corpus.jsonl", CorpusRow, known["corpus.jsonl"])
    yield from _unique(folder / "queries.jsonl", QueryRow, known["queries.jsonl"])
    splits = sorted((folder / "qrels").glob("*.tsv"))
    if not splits:
        yield Problem(folder.name, 0, "", "there is no qrels/<split>.tsv", "Add the judgements of a split.")
    for split in splits:
        yield from _judgements(split, known["queries.jsonl"], known["corpus.jsonl"])


def _unique(path: Path, model: type[Row], ids: set[str]) -> Iterator[Problem | None]:
    for found in parsed_rows(path, lambda _: model):
        if isinstance(found, Problem):
            yield found
            continue
        number, row = found
        if row.id in ids:
            yield Problem(path.name, number, "_id", f"repeats the id {row.id!r}", "Make each id unique.")
        else:
            yield None
        ids.add(row.id)


def _judgements(path: Path, queries: set[str], documents: set[str]) -> Iterator[Problem | None]:
    name = f"qrels/{path.name}"
    for found in numbered_lines(path):
        if isinstance(found, Problem):
            yield found
            continue
        number, line = found
        fields = line.rstrip("\r").split("\t")
        if number == 1 and fields[-1] == "score":
            continue
        yield _judgement(name, number, fields, queries=queries, documents=documents)


def _judgement(name: str, number: int, fields: list[str], *, queries: set[str], documents: set[str]) -> Problem | None:
    if len(fields) != 3:
        return Problem(name, number, "", f"{len(fields)} columns", "Give query-id, corpus-id and score, with tabs.")
    query, document, score = fields
    if query not in queries:
        return Problem(
            name, number, "query-id", f"{query!r} is not in queries.jsonl", "Correct the id or add the query."
        )
    if document not in documents:
        remedy = "Correct the id or add the document."
        return Problem(name, number, "corpus-id", f"{document!r} is not in corpus.jsonl", remedy)
    try:
        finite(score)
    except ValueError:
        return Problem(name, number, "score", f"{score!r} is not a number", "Give 0 or a grade above 0.")
    return None
