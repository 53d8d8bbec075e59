"""How an index compares with the one in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["TOLERANCE", "Found", "IndexTrial"]

TOLERANCE: Final = 0.01
"""How much less MRR@10 may be unless it is said otherwise."""


@dataclass(frozen=True, slots=True)
class Found:
    """MRR@10 of the questions of a language: in the index in use, and in the one that is tried."""

    questions: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class IndexTrial:
    """What became of the questions, all of them as the language ""; `own` if they are titles of the pages themselves.

    `tolerance` is how much less may be found.
    """

    found: Mapping[str, Found]
    tolerance: float
    own: bool = False

    @property
    def worse(self) -> tuple[str, ...]:
        """The languages in which too much less is found."""
        return tuple(name for name, each in self.found.items() if each.after < each.before - self.tolerance)

    @property
    def passed(self) -> bool:
        """Whether enough is found."""
        return not self.worse
