"""How closely a text follows a question's very wording."""

from __future__ import annotations

import pytest

from engine.answering.wording import Wording
from engine.languages.folding import fold


def wording(question: str, *texts: str) -> Wording:
    return Wording.among(question, [fold(text) for text in texts])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many days?", "In HOW many days"),
        ("保修期多久", "这台机器的保修期多久要看型号。"),
        ("保證期間", "保证期间为两年"),
        ("Ｗｉｅ lange?", "wie lange"),
    ],
)
def test_a_text_with_the_question_in_it_is_as_close_as_can_be(question: str, text: str) -> None:
    found = wording(question, text, "something else")
    assert found.closeness(text) == pytest.approx(1.0)
    assert found.pairs(text) == 1.0


@pytest.mark.parametrize("question", ["How many days?", "保修期多久", "いつ届きますか"])
def test_a_text_with_none_of_its_words_is_not_close(question: str) -> None:
    found = wording(question, "xyz", question)
    assert (found.closeness("xyz"), found.pairs("xyz")) == (0.0, 0.0)


def test_function_words_count() -> None:
    found = wording("Is it sent to the shop?", "x", "y")
    assert found.closeness("It is sent to the shop.") > found.closeness("sent shop")


def test_inflections_are_different_words() -> None:
    assert wording("returned", "returns", "other").closeness("returns") == 0.0


def test_a_word_that_few_texts_have_weighs_more() -> None:
    found = wording("the hinge", "the kettle", "the scale", "the robot", "hinge")
    assert found.closeness("hinge") > found.closeness("the")


def test_words_that_lie_far_apart_are_not_close() -> None:
    far = "battery " + "and so on " * 20 + "warranty"
    found = wording("battery warranty", far, "x")
    assert found.closeness("battery warranty") == pytest.approx(1.0)
    assert 0 < found.closeness(far) < 0.7


def test_a_word_that_comes_twice_counts_once() -> None:
    found = wording("battery warranty", "x", "y")
    assert found.closeness("battery battery battery") == found.closeness("battery")


def test_pairs_need_the_order() -> None:
    found = wording("退货运费", "x")
    assert found.pairs("退货运费") == 1.0
    assert found.pairs("货退") == 0.0
    assert found.pairs("运费和退货") == pytest.approx(2 / 3)


@pytest.mark.parametrize(("question", "texts"), [("", ["text"]), ("?!", ["text"]), ("days", [])])
def test_nothing_to_compare_is_nothing(question: str, texts: list[str]) -> None:
    found = wording(question, *texts)
    assert (found.closeness("text"), found.pairs("text")) == (0.0, 0.0)
