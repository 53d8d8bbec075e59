"""Read messages that call for a person or a question back, with the fields that the answer must have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import InvalidInput
from evals.datasets.golden import question_files
from evals.datasets.problems import Problem, parsed_rows
from evals.datasets.rows import ActionRow

__all__ = ["checked_actions", "load_actions"]


def load_actions(path: Path) -> tuple[ActionRow, ...]:
    """Read a *.jsonl file, or all of them in a folder; InvalidInput names file, line and field of the first fault."""
    files = question_files(path)
    if not files:
        raise InvalidInput(f"{path} has no dialogues (*.jsonl).", remedy="Check the path.")
    rows: list[ActionRow] = []
    for row in checked_actions(files):
        if isinstance(row, Problem):
            raise row.error()
        rows.append(row)
    return tuple(rows)


def checked_actions(files: Sequence[Path]) -> Iterator[ActionRow | Problem]:
    """Yield the rows of the files, and a Problem for each fault, repeated ids included."""
    seen: set[str] = set()
    for file in files:
        for found in parsed_rows(file, lambda _: ActionRow):
            if isinstance(found, Problem):
                yield found
            elif found[1].id in seen:
                yield Problem(file.name, found[0], "id", f"repeats the id {found[1].id!r}", "Make each id unique.")
            else:
                seen.add(found[1].id)
                yield found[1]
