"""How customers feel about what: topics by time by level of mood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from engine.domain.insights import HeatCell, Period
from engine.errors import InvalidInput
from engine.ports.insights import InsightRepository

__all__ = ["Interval", "heat_map", "interval_named", "starts"]


class Interval(StrEnum):
    """How long the columns of a heat map are; weeks begin on Mondays."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date) -> date:
        """Return the first day of the interval that a day is in."""
        if self is Interval.MONTH:
            return day.replace(day=1)
        return day - timedelta(days=day.weekday()) if self is Interval.WEEK else day


def heat_map(
    repository: InsightRepository, knowledge_base: str, period: Period, interval: Interval
) -> tuple[HeatCell, ...]:
    """Return the cells with questions in them, by topic, time and level; those of no topic have an empty id."""
    summed: dict[tuple[str, date, int], HeatCell] = {}
    for cell in repository.heat(knowledge_base, period):
        key = (cell.topic_id, interval.start(cell.start), cell.level)
        known = summed.get(key, HeatCell(*key, 0))
        summed[key] = HeatCell(*key, known.questions + cell.questions)
    return tuple(summed[key] for key in sorted(summed))


def starts(cells: Sequence[HeatCell]) -> tuple[date, ...]:
    """Return the intervals that have questions, in order."""
    return tuple(sorted({cell.start for cell in cells}))


def interval_named(name: str) -> Interval:
    """Return the interval of that name, or raise InvalidInput."""
    if name not in set(Interval):
        raise InvalidInput(f"There is no interval {name!r}.", remedy=f"Choose one of {', '.join(Interval)}.")
    return Interval(name)
