from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from engine.domain.validity import ALWAYS, Period, in_force, periods

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@dataclass(frozen=True)
class Version:
    version: int
    effective_from: date | None = None
    effective_until: date | None = None
    replaces: int | None = None


def held(versions: list[Version], day: date) -> int | None:
    found = in_force(versions, day)
    return found.version if found else None


def test_a_version_without_dates_is_always_in_force() -> None:
    assert [held([Version(1)], day) for day in (date.min, JUNE, date.max)] == [1, 1, 1]
    assert periods([Version(1)]) == {1: ALWAYS}


def test_of_no_versions_none_is() -> None:
    assert in_force([], JUNE) is None
    assert periods([]) == {}


def test_a_newer_version_counts_from_its_first_day() -> None:
    versions = [Version(1), Version(2, JUNE)]
    assert [held(versions, day) for day in (date(2026, 5, 31), JUNE, JULY)] == [1, 2, 2]
    assert [period.last for period in periods(versions).values()] == [date.max.toordinal(), JUNE.toordinal() - 1]


def test_what_a_newer_version_replaced_does_not_come_back() -> None:
    versions = [Version(1), Version(2, MAY, JUNE)]
    assert [held(versions, day) for day in (MAY, JUNE, date(2026, 6, 2))] == [2, 2, None]


def test_a_newer_version_of_an_earlier_day_takes_everything() -> None:
    versions = [Version(1, JUNE), Version(2, MAY)]
    assert [held(versions, day) for day in (date(2026, 4, 30), MAY, JULY)] == [None, 2, 2]
    assert not periods(versions)[1]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_the_order_in_which_they_come_does_not_matter(order: list[int]) -> None:
    versions = [Version(1), Version(2, MAY), Version(3, JUNE)]
    assert [held([versions[at] for at in order], day) for day in (date.min, MAY, JULY)] == [1, 2, 3]


def test_a_correction_counts_in_place_of_what_it_corrects() -> None:
    versions = [Version(1), Version(2), Version(3, JUNE, replaces=2)]
    assert [held(versions, day) for day in (MAY, JULY)] == [1, 3]
    assert not periods(versions)[2]


def test_a_correction_of_a_correction_leaves_only_the_last() -> None:
    versions = [Version(1, MAY), Version(2, JUNE, replaces=1), Version(3, JULY, replaces=2)]
    assert [held(versions, day) for day in (MAY, JUNE, JULY)] == [None, None, 3]


def test_a_period_holds_both_its_ends() -> None:
    period = Period(MAY.toordinal(), JUNE.toordinal())
    assert [day in period for day in (date(2026, 4, 30), MAY, JUNE, date(2026, 6, 2))] == [False, True, True, False]
    assert period
    assert not Period(2, 1)
