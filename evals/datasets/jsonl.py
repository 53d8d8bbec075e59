"""Read JSON Lines with errors that name the file, the line and what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from engine.errors import InvalidInput

__all__ = ["Record", "read_lines", "read_records", "records_in"]


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object of a file, with where it stands; `where` is "name, line N"."""

    where: str
    values: dict[str, object]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a string, `default` (if there is one) where the key is absent; InvalidInput otherwise."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.error(f'needs a string "{key}"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where the key is absent; InvalidInput for anything else."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.error(f'needs a list of strings "{key}"')
        return tuple(cast("list[str]", value))

    def records(self, key: str) -> tuple[Record, ...]:
        """Return a list of objects, empty where the key is absent; InvalidInput for anything else."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.error(f'needs a list of objects "{key}"')
        return tuple(Record(self.where, entry) for entry in value)

    def error(self, problem: str) -> InvalidInput:
        """Return the error that says what is wrong with this record."""
        return InvalidInput(f"{self.where}: the record {problem}.", remedy="Correct that line.")


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (where, line) for each line that is not blank; InvalidInput if there is no such file or it is not UTF-8."""
    if not path.is_file():
        raise InvalidInput(f"{path} is not a file.", remedy="Check the path of the data folder.")
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path.name}, line {number}", line
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} is not UTF-8.", remedy="Convert the file to UTF-8.") from error


def records_in(folder: Path) -> Iterator[Record]:
    """Yield the objects of the *.jsonl files of a folder, files by name; InvalidInput if there is none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InvalidInput(f"{folder} has no *.jsonl files.", remedy="Name the folder that holds them.")
    for file in files:
        yield from read_records(file)


def read_records(path: Path) -> Iterator[Record]:
    """Yield the objects of a JSON Lines file; InvalidInput names the first line that is not a JSON object."""
    for where, line in read_lines(path):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInput(f"{where}: not JSON ({error.msg}).", remedy="Put one JSON object on a line.") from error
        except RecursionError as error:
            raise InvalidInput(f"{where}: nested too deeply.", remedy="Put one JSON object on a line.") from error
        if not isinstance(value, dict):
            raise InvalidInput(f"{where}: not a JSON object.", remedy="Put one JSON object on a line.")
        yield Record(where, value)
