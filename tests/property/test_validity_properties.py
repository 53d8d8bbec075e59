"""Whatever the history of a document: on each day one version at most is in force, and it is the right one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.knowledge import Document, DocumentKind
from engine.domain.validity import in_force, periods

DAYS = [date(2026, 1, day) for day in range(1, 7)]
SOME_DAY = st.sampled_from([None, *DAYS])


def version(number: int, first: date | None, last: date | None, replaces: int | None) -> Document:
    plain = Document("d", "kb", "s", "u", "T", DocumentKind.PAGE, "en", number, "h")
    return replace(plain, effective_from=first, effective_until=last, replaces=replaces)


@st.composite
def histories(draw: st.DrawFn) -> list[Document]:
    count = draw(st.integers(0, 6))
    return [
        version(number, draw(SOME_DAY), draw(SOME_DAY), draw(st.sampled_from([None, *range(1, number)])))
        for number in range(1, count + 1)
    ]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(histories(), st.sampled_from([date.min, *DAYS, date.max]))
def test_the_periods_say_the_same_as_the_rule(history: list[Document], day: date) -> None:
    holding = [number for number, period in periods(history).items() if day in period]
    found = in_force(history, day)
    assert holding == ([found.version] if found else [])


@settings(max_examples=200, derandomize=True, deadline=None)
@given(histories(), st.sampled_from(DAYS))
def test_what_is_in_force_has_begun_and_not_ended_and_nothing_newer_has_begun(
    history: list[Document], day: date
) -> None:
    found = in_force(history, day)
    corrected = {each.replaces for each in history}
    begun = {each.version for each in history if (each.effective_from or day) <= day} - corrected
    if found:
        assert found.version == max(begun)
        assert day <= (found.effective_until or day)
    else:
        assert not begun or next(each for each in history if each.version == max(begun)).effective_until < day  # type: ignore[operator]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(histories(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_a_later_upload_changes_nothing_before_its_first_day(history: list[Document], first: date, day: date) -> None:
    later = version(len(history) + 1, first, None, None)
    before, after = in_force(history, day), in_force([*history, later], day)
    assert after == (later if day >= first else before)
