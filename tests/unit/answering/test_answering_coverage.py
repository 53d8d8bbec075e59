"""How much of a question stands in a text."""

from __future__ import annotations

import pytest

from engine.answering.coverage import QuestionTerms, TermSet, term_set


def share(question: str, text: str, *others: str, language: str = "en") -> float:
    """Return the coverage of the question by `text`, compared with `others`."""
    bags = [term_set(each, language) for each in (text, *others)]
    return QuestionTerms.among(question, language, bags).coverage(bags[0])


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("battery warranty", "The warranty of the battery is one year.", "en"),
        ("电池保修", "电池保修为一年。", "zh-Hans"),
        ("電池保固", "電池保固為一年。", "zh-Hant"),
        ("電池の保証", "電池の保証は1年です。", "ja"),
        ("Garantie Akku", "Die Garantie für den Akku beträgt ein Jahr.", "de"),
    ],
)
def test_a_text_that_holds_the_whole_question_covers_it_fully(question: str, text: str, language: str) -> None:
    assert share(question, text, language=language) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("battery warranty", "Mop cloths come unopened.", "en"),
        ("电池保修", "请先拔下插头。", "zh-Hans"),
        ("電池保固", "請先拔下插頭。", "zh-Hant"),
        ("バッテリーの保証", "水を入れます。", "ja"),
    ],
)
def test_a_text_about_something_else_covers_nothing(question: str, text: str, language: str) -> None:
    assert share(question, text, language=language) == 0.0


@pytest.mark.parametrize("question", ["", "  ", "🧺", "?!"])
def test_a_question_without_terms_is_covered_by_nothing(question: str) -> None:
    assert share(question, "The warranty is two years.") == 0.0


def test_half_of_the_question_is_between_nothing_and_all() -> None:
    assert 0.0 < share("battery warranty", "The warranty is two years.") < 1.0


def test_a_word_that_every_text_has_counts_less_than_a_rare_one() -> None:
    others = ("The kettle boils.", "The kettle has a lid.", "The kettle is white.")
    common = share("kettle hinge", "The kettle is new.", *others, "The hinge broke.")
    rare = share("kettle hinge", "The hinge is new.", *others, "The kettle broke.")
    assert rare > common > 0.0


def test_a_word_that_no_text_has_counts_most() -> None:
    texts = ("The lid is white.", "The lid closes.", "The hinge squeaks.")
    assert share("lid voltage", *texts) < share("lid hinge", *texts) < 0.5


def test_function_words_of_the_question_do_not_count() -> None:
    text = "Batteries have one year."
    assert share("How long is it for batteries?", text) == share("long batteries", text)


def test_simplified_and_traditional_cover_each_other() -> None:
    bags = [term_set("保固期為兩年，電池為一年。", "zh-Hant")]
    assert QuestionTerms.among("电池", "zh-Hans", bags).coverage(bags[0]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("question", "together", "apart", "language"),
    [
        ("运费", "运费由我们承担。", "费心了，我们运送。", "zh-Hans"),
        ("水垢", "定期清除水垢。", "垢と水。", "ja"),
    ],
)
def test_characters_side_by_side_cover_more_than_apart(question: str, together: str, apart: str, language: str) -> None:
    assert share(question, together, language=language) > share(question, apart, language=language) > 0.0


def test_one_character_alone_is_a_question_too() -> None:
    assert share("罐", "请更换罐子。", language="zh-Hans") == pytest.approx(1.0)


def test_words_of_another_script_count_beside_characters() -> None:
    both = share("Drift 电池", "Drift 的电池保修一年。", language="zh-Hans")
    one = share("Drift 电池", "电池保修一年。", language="zh-Hans")
    assert both > one > 0.0


def test_a_term_set_has_each_term_once() -> None:
    found: TermSet = term_set("kettle kettle kettles", "en")
    assert len(found) == 1
    assert term_set("", "en") == frozenset()
