"""Read golden conversations: what was said, which facts a summary must hold, and a summary by a person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.domain.conversation import Role, Turn
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.jsonl import Record, records_in
from evals.datasets.sentiment import Half

__all__ = ["GoldenSummary", "load_summaries", "read_summaries"]

FOLDER = SAMPLE_FOLDER / "golden" / "summaries"


@dataclass(frozen=True, slots=True)
class GoldenSummary:
    """A conversation; `facts` are what a summary must hold, word for word but for case, width and punctuation."""

    id: str
    language: str
    turns: tuple[Turn, ...]
    facts: tuple[str, ...]
    reference: str


def load_summaries(half: Half) -> tuple[GoldenSummary, ...]:
    """Return the sample's conversations: those that the rules were written with, or those that are only reported."""
    return read_summaries(FOLDER / half)


def read_summaries(folder: Path) -> tuple[GoldenSummary, ...]:
    """Read the *.jsonl files of a folder in the order of their names; InvalidInput names file and line."""
    return tuple(map(_summary, records_in(folder)))


def _summary(row: Record) -> GoldenSummary:
    turns = tuple(map(_turn, row.records("turns")))
    if not turns or not row.texts("facts"):
        raise row.error('needs "turns" and "facts"')
    return GoldenSummary(row.text("id"), row.text("language"), turns, row.texts("facts"), row.text("reference"))


def _turn(row: Record) -> Turn:
    try:
        return Turn(Role(row.text("role")), row.text("text"))
    except ValueError as error:
        raise row.error("needs a known role in each turn") from error
