"""One case of a run: what was asked, what came back, and how it was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import TypeAdapter

__all__ = ["CASE", "Case", "Task"]


class Task(StrEnum):
    """What was asked for."""

    SEARCH = "search"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Case:
    """A judged case; `id` is unique in its run, and the same in every run over the same data.

    `slices` say what sort of case it is ("language": "ja"), `metrics` are its own values, `facts` what metrics over
    many cases need ("answerable", "right", "hand_over_needed", "handed_over"). `expected` are gold answers or
    documents, `found` the documents that came back, best first. `answer` is None where none was given, `confidence`
    is the system's own. `error` says why the system failed; such a case has the worst value of each metric.
    """

    id: str
    unit: str
    task: Task
    question: str
    slices: Mapping[str, str]
    metrics: Mapping[str, float]
    milliseconds: float
    facts: Mapping[str, bool] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    answer: str | None = None
    quotes: tuple[str, ...] = ()
    confidence: float | None = None
    error: str = ""


CASE = TypeAdapter(Case)
"""Reads and writes cases as JSON."""
