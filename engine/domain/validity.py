"""Which version of a document holds on which day; the only place that knows the rule.

On a day, of the versions that have begun (`effective_from` is not later, or missing) the newest one counts: it takes
the place of all earlier ones for good. It is in force up to its `effective_until`; after that day nothing is, because
what it replaced is out of date all the more. A version that another one `replaces` counts as if it had never been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

__all__ = ["ALWAYS", "Dated", "InForce", "Period", "in_force", "periods"]

FIRST = date.min.toordinal()
LAST = date.max.toordinal()


class Dated(Protocol):
    """A version, as far as the rule looks at it."""

    @property
    def version(self) -> int:
        """Its number; newer ones have higher ones."""
        ...

    @property
    def effective_from(self) -> date | None:
        """The first day on which it holds; None for always."""
        ...

    @property
    def effective_until(self) -> date | None:
        """The last day on which it holds; None for ever."""
        ...

    @property
    def replaces(self) -> int | None:
        """The version that it corrects."""
        ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included, as ordinals (`date.toordinal`)."""

    first: int = FIRST
    last: int = LAST

    def __contains__(self, day: date) -> bool:
        return self.first <= day.toordinal() <= self.last

    def __bool__(self) -> bool:
        return self.first <= self.last


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class InForce:
    """The version that is in force, and the knowledge base's generation when it was activated."""

    version: int
    generation: int


def in_force(versions: Iterable[D], day: date) -> D | None:
    """Return the version that is in force on a day, or None."""
    known = tuple(versions)
    replaced = {version.replaces for version in known}
    begun = [each for each in known if each.version not in replaced and (each.effective_from or date.min) <= day]
    newest = max(begun, key=lambda each: each.version, default=None)
    return newest if newest is not None and day <= (newest.effective_until or date.max) else None


def periods(versions: Iterable[Dated]) -> dict[int, Period]:
    """Return the days on which each version is in force, by version; those of one that never is are an empty period."""
    known = sorted(versions, key=lambda each: each.version, reverse=True)
    replaced = {version.replaces for version in known}
    found: dict[int, Period] = {}
    taken = LAST + 1  # the first day from which a newer version counts
    for each in known:
        first = (each.effective_from or date.min).toordinal()
        last = (each.effective_until or date.max).toordinal()
        if each.version in replaced:
            found[each.version] = Period(FIRST, FIRST - 1)
        else:
            found[each.version] = Period(first, min(last, taken - 1))
            taken = min(taken, first)
    return found
