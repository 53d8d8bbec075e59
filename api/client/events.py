"""Server-sent events as values of the models that they carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from api.client.errors import ApiError
from api.schemas.base import Model
from api.schemas.problems import ProblemOut

__all__ = ["values"]


def values(lines: Iterable[str], models: Mapping[str, type[Model]]) -> Iterator[Model]:
    """Yield the data of each event as the model of its name; ApiError for the event `error`, others are skipped."""
    name = data = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            data += value
        elif not line and data:
            if name == "error":
                problem = ProblemOut.model_validate_json(data, extra="ignore")
                raise ApiError(problem.status, problem)
            if name in models:
                yield models[name].model_validate_json(data, extra="ignore")
            name = data = ""
