"""Server-sent events as values of the models that they carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from api.client.errors import ApiError
from api.schemas.base import Model
from api.schemas.problems import ProblemOut

__all__ = ["lines", "values"]

_LINE_END = re.compile(r"\r\n|\n|\r(?!\Z)")  # what ends a piece may be the first half of one


def lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an event stream that comes in pieces of any length.

    Only CR, LF and CRLF end one (WHATWG); `str.splitlines` also breaks at U+2028, which texts and JSON may hold.
    """
    left = ""
    for piece in pieces:
        *whole, left = _LINE_END.split(left + piece)
        yield from whole
    if left:
        yield left.removesuffix("\r")


def values(lines: Iterable[str], models: Mapping[str, type[Model]]) -> Iterator[Model]:
    """Yield the data of each event as the model of its name; ApiError for the event `error`, others are skipped."""
    name, data = "", list[str]()
    for line in lines:
        field, _, value = line.partition(":")
        if field == "event":
            name = value.removeprefix(" ")
        elif field == "data":
            data.append(value.removeprefix(" "))
        elif not line:
            if data and name == "error":
                problem = ProblemOut.model_validate_json("\n".join(data), extra="ignore")
                raise ApiError(problem.status, problem)
            if data and name in models:
                yield models[name].model_validate_json("\n".join(data), extra="ignore")
            name, data = "", []
