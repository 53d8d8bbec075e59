"""How much of a question's very words stands in a text."""

from __future__ import annotations

import pytest

from engine.answering.wording import wording_share


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many days?", "how many days"),
        ("保修期多久", "这台机器的保修期多久要看型号。"),
        ("保證期間", "保证期间为两年"),
        ("Ｗｉｅ lange?", "wie lange"),
    ],
)
def test_a_text_with_all_words_has_all_of_it(question: str, text: str) -> None:
    assert wording_share(question, [text, "something else"]) == pytest.approx(1.0)


@pytest.mark.parametrize("question", ["How many days?", "保修期多久", "いつ届きますか"])
def test_a_text_with_none_has_none(question: str) -> None:
    assert wording_share(question, ["xyz", question]) == 0.0


def test_function_words_count() -> None:
    question = "Is it sent to the shop?"
    assert wording_share(question, ["It is sent to the shop.", "x"]) > wording_share(question, ["sent shop", "x"])


def test_inflections_are_different_words() -> None:
    assert wording_share("returned", ["returns", "other"]) == 0.0


def test_a_word_that_few_texts_have_weighs_more() -> None:
    others = ["the kettle", "the scale", "the robot"]
    rare = wording_share("the hinge", ["hinge", *others])
    common = wording_share("the hinge", ["the", *others])
    assert rare > common


def test_characters_alone_are_worth_less_than_their_order() -> None:
    assert 0 < wording_share("退货", ["货退", "x"]) < wording_share("退货", ["退货", "x"])


@pytest.mark.parametrize(("question", "texts"), [("", ["text"]), ("?!", ["text"]), ("days", [])])
def test_nothing_to_compare_is_nothing(question: str, texts: list[str]) -> None:
    assert wording_share(question, texts) == 0.0
