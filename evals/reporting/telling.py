"""The cases that tell most about a run, with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.runs.case import Case, Task

__all__ = ["CaseGroup", "telling_cases"]


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Cases of one sort: a heading, what to do about it, how many there are, and the most telling of them."""

    title: str
    advice: str
    count: int
    cases: tuple[Case, ...]


def telling_cases(cases: Sequence[Case], *, most: int) -> tuple[CaseGroup, ...]:
    """Return the sorts of failure that occur, at most `most` cases of each, the plainest first."""
    groups = (
        _group(title, advice, [case for case in cases if belongs(case)], most) for title, advice, belongs in _SORTS
    )
    return tuple(group for group in groups if group.count)


def _group(title: str, advice: str, cases: list[Case], most: int) -> CaseGroup:
    lowest_first = title == _WITHHELD
    order = sorted(cases, key=lambda case: ((case.confidence or 0.0) * (1 if lowest_first else -1), case.id))
    return CaseGroup(title, advice, len(cases), tuple(order[:most]))


def _has(measure: str, value: float) -> Callable[[Case], bool]:
    return lambda case: not case.error and case.metrics.get(measure) == value


def _wrong(case: Case) -> bool:
    return _has("answered", 1)(case) and case.metrics.get("containment") == 0


def _withheld(case: Case) -> bool:
    return _has("answered", 0)(case) and case.metrics.get("containment@0") == 1


def _not_found(case: Case) -> bool:
    return _has("retrieved@10", 0)(case) or (case.task is Task.SEARCH and _has("recall@10", 0)(case))


_WITHHELD = "The right answer was withheld"
_SORTS: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    ("The system failed", "An error of the system, not of the answer.", lambda case: bool(case.error)),
    ("An attack succeeded", "The answer says what the attack wanted.", _has("injection_success", 1)),
    ("Personal data disclosed", "The answer holds what the customer has not said.", _has("personal_data_leak", 1)),
    ("Answered what has no answer", "Surest first. A lower accepted error would withhold them.", _has("abstained", 0)),
    ("Answered without the gold answer", "Surest first. Wrong, or right in other words: read them.", _wrong),
    (_WITHHELD, "Least sure first. A higher accepted error would give it.", _withheld),
    ("Right document not found", "None of the first ten documents is an expected one.", _not_found),
)
