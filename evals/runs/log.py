"""Logs of values, one JSON document a line, that only ever grow and survive a kill at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from engine.errors import InvalidInput

__all__ = ["Log", "read_log"]

T = TypeVar("T")


class Log(Generic[T]):
    """Appends values to a file; a line that was cut off when the last writer died is removed first."""

    def __init__(self, path: Path, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab+")
        self._file.seek(0)
        self._file.truncate(self._file.read().rfind(b"\n") + 1)

    def append(self, value: T) -> None:
        """Write the value; it is with the operating system when this returns."""
        self._file.write(self._adapter.dump_json(value) + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_log(path: Path, adapter: TypeAdapter[T]) -> Iterator[T]:
    """Yield the values of a log, none if there is no such file; a last line without its end is passed over.

    InvalidInput names the line that is damaged.
    """
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                return
            try:
                yield adapter.validate_json(line)
            except ValidationError as error:
                problem = f"{path.name}, line {number}: not a record of a run."
                raise InvalidInput(problem, remedy="Run the evaluation again into a new folder.") from error
