"""Marking what a passage and a query have in common."""

from __future__ import annotations

import pytest

from engine.retrieval.highlight import highlighted
from tests.builders import passage, quoted


def marked(text: str, query: str, language: str, *, start: int = 0) -> list[str]:
    found = highlighted(passage(text, language=language, start=start), query, language)
    return [quoted(found, span) for span in found.highlights]


@pytest.mark.parametrize(
    ("text", "query", "language", "expected"),
    [
        ("Register the scale within 30 days.", "registering a scale", "en", ["Register", "scale"]),
        ("Refunds take five days.", "How long does a refund take?", "en", ["Refunds", "take"]),
        ("保修期为两年。", "保修期多久", "zh-Hans", ["保修期"]),
        ("保固期為兩年。", "保固期多久", "zh-Hant", ["保固期"]),
        ("保証期間は2年です。", "保証期間を教えて", "ja", ["保証期間"]),
        ("Die Garantie gilt zwei Jahre.", "Garantien", "de", ["Garantie"]),
    ],
)
def test_shared_words_are_marked(text: str, query: str, language: str, expected: list[str]) -> None:
    assert marked(text, query, language) == expected


def test_marks_are_offsets_of_the_document() -> None:
    found = highlighted(passage("The kettle is safe.", start=500), "kettle", "en")
    assert [(span.start, span.end) for span in found.highlights] == [(504, 510)]


@pytest.mark.parametrize(
    ("text", "query", "language", "expected"),
    [
        ("電熱水壺的保固", "电热水壶", "zh-Hans", ["電熱水壺"]),
        ("电热水壶的保修", "電熱水壺", "zh-Hant", ["电热水壶"]),
        ("ＫＥＴＴＬＥ Breva", "kettle", "en", ["ＫＥＴＴＬＥ"]),
        ("ﾌｨﾙﾀｰを交換", "フィルター", "ja", ["ﾌｨﾙﾀｰ"]),
    ],
)
def test_marks_show_the_passages_own_characters(text: str, query: str, language: str, expected: list[str]) -> None:
    assert marked(text, query, language) == expected


def test_overlapping_pairs_of_characters_become_one_mark() -> None:
    assert marked("本产品的保修服务政策", "保修服务政策", "zh-Hans") == ["保修服务政策"]


def test_the_inside_of_a_word_is_not_marked() -> None:
    assert marked("The unregistered guarantee.", "register", "en") == []


def test_a_short_word_marks_itself_only() -> None:
    assert marked("An app is applied.", "app", "en") == ["app"]


def test_function_words_are_not_marked() -> None:
    assert marked("The kettle is on the shelf.", "Where is the kettle?", "en") == ["kettle"]


@pytest.mark.parametrize("query", ["", "🧺", "???"])
def test_a_query_without_words_marks_nothing(query: str) -> None:
    whole = passage("The kettle is safe.")
    assert highlighted(whole, query, "en") == whole


def test_a_query_about_something_else_marks_nothing() -> None:
    assert marked("The kettle is safe.", "vacuum", "en") == []


@pytest.mark.parametrize(
    ("text", "query", "language", "expected"),
    [
        ("The warranty covers the battery.", "battery warranty", "en", ["warranty", "battery"]),
        ("Our delivery policy.", "policy for deliveries", "en", ["delivery", "policy"]),
        ("Die Rückgabe ist kostenlos.", "Rückgabe", "de", ["Rückgabe"]),
    ],
)
def test_words_whose_stem_is_spelled_differently_are_marked(
    text: str, query: str, language: str, expected: list[str]
) -> None:
    assert marked(text, query, language) == expected


def test_characters_that_mean_something_in_patterns_are_plain() -> None:
    assert "".join(marked("Error E4 (cliff): firmware v2.3.1", "v2.3.1 (*", "en")).startswith("v2")


def test_everything_but_the_marks_stays() -> None:
    before = passage("The kettle is safe.", score=3.5, section=("Kettles",))
    after = highlighted(before, "kettle", "en")
    assert (after.text, after.score, after.section, after.span) == (before.text, 3.5, ("Kettles",), before.span)


def test_a_mixed_query_marks_words_and_characters() -> None:
    assert marked("Drift R3 的电池保修一年。", "Drift R3 电池", "zh-Hans") == ["Drift", "R3", "电池"]
