"""What is wrong with a data file: where, what, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import InvalidInput

__all__ = ["Problem", "faultless_rows", "numbered_lines", "parsed_rows"]

Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a file; `line` counts from 1, 0 for the file as a whole, `field` is a dotted path or empty."""

    file: str
    line: int
    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.field + ': ' if self.field else ''}{self.message}"

    def error(self) -> InvalidInput:
        """Return the problem as an error."""
        return InvalidInput(f"{self}.", remedy=self.remedy)


def numbered_lines(path: Path) -> Iterator[tuple[int, str] | Problem]:
    """Yield the lines that are not blank with their numbers; a file that cannot be read as UTF-8 is one Problem."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        yield Problem(path.name, 0, "", "the file is missing", "Check the path.")
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        yield Problem(path.name, line, "", "not UTF-8", "Convert the file to UTF-8.")
        return
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.strip():
            yield number, line_text


def parsed_rows(path: Path, model_of: Callable[[object], type[Row]]) -> Iterator[tuple[int, Row] | Problem]:
    """Yield the rows of a JSON Lines file with their line numbers, and a Problem for each fault.

    `model_of` chooses the model by the JSON value of the line.
    """
    for found in numbered_lines(path):
        if isinstance(found, Problem):
            yield found
            continue
        number, line = found
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"not JSON ({error.msg} at column {error.colno})"
            yield Problem(path.name, number, "", message, "Put one JSON object on a line.")
            continue
        except RecursionError:
            yield Problem(path.name, number, "", "nested too deeply", "Put one JSON object on a line.")
            continue
        model = model_of(value)
        try:
            yield number, model.model_validate(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                yield _problem(path.name, number, detail, tuple(model.model_fields))


def _problem(file: str, line: int, detail: ErrorDetails, known: tuple[str, ...]) -> Problem:
    field = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return Problem(file, line, field, "is missing", f"Add {detail['loc'][-1]!r}.")
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(str(detail["loc"][-1]), known, 1)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Remove it; known are {', '.join(known)}."
        return Problem(file, line, field, "is not a known field", remedy)
    if detail["type"] == "model_type":
        return Problem(file, line, field, "not a JSON object", "Put one JSON object on a line.")
    message = detail["msg"].removeprefix("Value error, ")
    return Problem(file, line, field, message[:1].lower() + message[1:], "Correct that line.")


def faultless_rows(files: Iterable[Path], model: type[Row]) -> Iterator[Row]:
    """Yield the rows of JSON Lines files; InvalidInput names file, line and field of the first fault."""
    for file in files:
        for found in parsed_rows(file, lambda _: model):
            if isinstance(found, Problem):
                raise found.error()
            yield found[1]
