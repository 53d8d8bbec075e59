"""What a caller asks, and what is refused."""

from __future__ import annotations

import pytest

from engine.answering.request import AnswerRequest, says_something, validated
from engine.domain.search import SearchFilter
from engine.errors import InvalidInput


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\x00", "　", "\x00 \x00"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="question is empty") as caught:
        validated(text, limit=10)
    assert caught.value.remedy


@pytest.mark.parametrize("character", ["a", "退", "é", "🧺"])
def test_length_counts_characters_up_to_and_including_the_limit(character: str) -> None:
    assert validated(character * 10, limit=10) == character * 10
    with pytest.raises(InvalidInput, match=r"11 characters; at most 10"):
        validated(character * 11, limit=10)


def test_white_space_around_a_question_does_not_count() -> None:
    assert validated("  保修多久？\n" + " " * 100, limit=5) == "保修多久？"


def test_the_error_names_what_is_wrong_and_does_not_quote_it() -> None:
    with pytest.raises(InvalidInput, match="knowledge base name") as caught:
        validated("my private words", limit=3, what="knowledge base name")
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(("text", "kept"), [("is\x00it", "is it"), ("half \ud83d pair", "half ? pair")])
def test_what_databases_and_encoders_refuse_is_replaced(text: str, kept: str) -> None:
    assert validated(text, limit=20) == kept


@pytest.mark.parametrize("text", ["ok", "退", "か", "7", "７", "é", "١", "🧺 ok", "ก", "Ω"])
def test_a_letter_or_digit_of_any_script_says_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", ["", "🧺", "🙂🙂👍🏽", "?!…", "。、！", "--- ***", "❤️", "\u200b"])
def test_emoji_and_punctuation_alone_say_nothing(text: str) -> None:
    assert not says_something(text)


def test_a_request_is_a_question_and_nothing_else_unless_said() -> None:
    request = AnswerRequest("Is there a warranty?")
    assert (request.history, request.conversation_id, request.language, request.threshold) == ((), "", "", None)
    assert request.filter == SearchFilter()
