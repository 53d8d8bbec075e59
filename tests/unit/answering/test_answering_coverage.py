"""How much of a question stands in a text."""

from __future__ import annotations

import pytest

from engine.answering.coverage import QuestionTerms, TermSet, content_set, term_lookup, term_set
from engine.languages.terms import TermKind


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The kettles' batteries (MV-2026-004512) are charged twice.", "en"),
        ("E4 表示边刷被卡住，電池 2,000 mAh。", "zh-Hans"),
        ("バッテリーは Drift R3 の付属品です。", "ja"),
        ("배터리 보증은 1년입니다.", "ko"),
        ("แบตเตอรี่รับประกันหนึ่งปี", "th"),
        ("Die Geräte werden geprüft.", "de"),
        ("", "en"),
    ],
)
def test_what_is_in_the_term_set_is_found_by_lookup(text: str, language: str) -> None:
    known = term_lookup(text, language)
    assert all(term in known for term in term_set(text, language))
    assert (TermKind.WORD, "absent") not in known
    assert (TermKind.BIGRAM, "没有") not in known


def test_a_word_is_looked_up_whole() -> None:
    known = term_lookup("The kettle is white.", "en")
    assert (TermKind.WORD, "kettl") in known  # the stem
    assert (TermKind.WORD, "ket") not in known


@pytest.mark.parametrize("other", ["kettl", None])
def test_what_is_no_term_is_in_no_text(other: object) -> None:
    assert other not in term_lookup("", "en")


def test_the_content_of_a_text_has_no_function_words() -> None:
    assert content_set("the kettle", "en") == term_set("kettle", "en")
    assert content_set("the", "en") == term_set("the", "en")


def test_given_terms_are_weighed_like_those_of_a_question() -> None:
    texts = [term_set("kettle lid", "en"), term_set("kettle", "en")]
    among = QuestionTerms.among("kettle lid", "en", texts)
    assert QuestionTerms.weighed(content_set("kettle lid", "en"), texts) == among
    assert among.weights == {**among.characters, **among.others}
