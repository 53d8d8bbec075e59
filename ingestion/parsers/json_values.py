"""Read JSON and JSON Lines, numbers as they are written, with errors that say where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import InvalidInput

__all__ = ["JsonLine", "read_json", "read_json_lines"]


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line of JSON Lines: its number from 1, and its value if it is JSON (`ok`)."""

    number: int
    value: object = None
    ok: bool = True


def read_json(text: str, *, name: str) -> object:
    """Return the value; numbers stay texts, as 0.10 would not be the same as 0.1. InvalidInput names the place."""
    try:
        value: object = json.loads(text.lstrip("\ufeff"), parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(
            f"{name} is not valid JSON: {place}.", remedy="Correct it there or export it again."
        ) from error
    except RecursionError as error:
        raise InvalidInput(f"{name} is nested too deeply.", remedy="Export it with fewer levels.") from error
    return value


def read_json_lines(text: str) -> Iterator[JsonLine]:
    """Yield each line that is not blank; one that is not JSON is marked, and the others go on."""
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                yield JsonLine(number, read_json(line, name=""))
            except InvalidInput:
                yield JsonLine(number, ok=False)
