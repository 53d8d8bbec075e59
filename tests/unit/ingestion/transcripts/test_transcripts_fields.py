"""Fields that nobody promised."""

from __future__ import annotations

import pytest

from ingestion.transcripts.fields import as_list, as_record, as_records, first, text_in, texts_in, time_in


def test_keys_are_lower_case_and_other_values_are_empty() -> None:
    assert as_record({"Role": 1, 2: "x"}) == {"role": 1, "2": "x"}
    assert as_record("x") == as_record(None) == as_record([1]) == {}
    assert as_list((1, 2)) == as_list("ab") == []
    assert as_records([{"A": 1}, 3, None]) == [{"a": 1}]


def test_the_first_value_that_is_not_empty() -> None:
    record = {"a": "", "b": [], "c": 0, "d": "x"}
    assert first(record, "a", "b", "c", "d") == 0
    assert first(record, "a", "z") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" x ", "x"),
        (7, "7"),
        (True, ""),
        (None, ""),
        ({"x": 1}, ""),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("press <OK> now", "press <OK> now"),
        ("<p>One</p><p>Two <b>three</b></p>", "One\nTwo three"),
        ("<div>A<br>B</div>", "A\nB"),
        ("<ul><li>x</li></ul>", "- x"),
    ],
)
def test_texts_lose_their_markup(value: object, text: str) -> None:
    assert text_in({"a": value}, "a") == text


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("a, b；c", ("a", "b", "c")),
        (["a", "b"], ("a", "b")),
        ([{"name": "a"}, {"title": "b"}, {}], ("a", "b")),
        ({"tags": [{"name": "a"}]}, ("a",)),
        (None, ()),
        (5, ()),
    ],
)
def test_lists_of_texts(value: object, texts: tuple[str, ...]) -> None:
    assert texts_in({"tags": value}, "tags") == texts


@pytest.mark.parametrize(
    ("value", "time"),
    [
        (1_767_225_600, "2026-01-01 00:00"),
        (1_767_225_600_000, "2026-01-01 00:00"),
        ("1767225600", "2026-01-01 00:00"),
        ("1767225600123", "2026-01-01 00:00"),
        ("2026-05-06T15:31:08Z", "2026-05-06 15:31"),
        ("2026-05-06", "2026-05-06"),
        ("10:02", "10:02"),
        ("3:31 PM", "3:31 PM"),
        ("yesterday", ""),
        (5, ""),
        (True, ""),
        (None, ""),
    ],
)
def test_times(value: object, time: str) -> None:
    assert time_in({"at": value}, "at") == time
