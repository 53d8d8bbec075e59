"""Read replies with the promises in them and how each stands with the policies of the sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from engine.domain.check import PromiseStanding
from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from evals.datasets.golden import question_files
from evals.datasets.problems import Problem, parsed_rows
from evals.datasets.rows import Text

__all__ = ["GoldenPromise", "PromisesRow", "load_replies"]


@dataclass(frozen=True, slots=True)
class GoldenPromise:
    """Where a promise stands in its reply, and how it stands with the policies."""

    span: Span
    standing: PromiseStanding


class _PromiseRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: Text
    standing: PromiseStanding


class PromisesRow(BaseModel):
    """A reply and its promises, each quoted; none where nothing is promised."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    text: Text
    language: Text
    promises: tuple[_PromiseRow, ...] = ()

    @model_validator(mode="after")
    def _quotes_stand_once(self) -> Self:
        if any(self.text.count(each.quote) != 1 for each in self.promises):
            raise ValueError('each "quote" must stand in "text" exactly once')
        return self

    @property
    def golden(self) -> tuple[GoldenPromise, ...]:
        """The promises by their places."""
        starts = [(self.text.index(each.quote), each) for each in self.promises]
        return tuple(GoldenPromise(Span(at, at + len(each.quote)), each.standing) for at, each in starts)


def load_replies(path: Path) -> tuple[PromisesRow, ...]:
    """Read a *.jsonl file, or all of them in a folder; InvalidInput names file, line and field of the first fault."""
    files = question_files(path)
    if not files:
        raise InvalidInput(f"{path} has no replies (*.jsonl).", remedy="Check the path.")
    return tuple(_rows(files))


def _rows(files: Sequence[Path]) -> Iterator[PromisesRow]:
    for file in files:
        for found in parsed_rows(file, lambda _: PromisesRow):
            if isinstance(found, Problem):
                raise found.error()
            yield found[1]
