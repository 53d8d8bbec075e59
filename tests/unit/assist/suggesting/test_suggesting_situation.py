"""What a conversation has come to: the question that is open, its language, and what is known already."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.assist.suggesting.situation import Situation, situation_of, without_facts
from engine.domain.conversation import Role, Turn
from engine.domain.suggestion import SuggestionRequest
from engine.errors import InvalidInput
from engine.languages.detection import ScriptDetector

C, A, B = Role.CUSTOMER, Role.AGENT, Role.ASSISTANT


def read(*said: tuple[Role, str], limit: int = 200, **fields: object) -> Situation:
    turns = tuple(Turn(role, text) for role, text in said)
    request = SuggestionRequest(turns=turns, **fields)  # type: ignore[arg-type]
    return situation_of("shop", request, ScriptDetector(), limit=limit)


@pytest.mark.parametrize(
    ("said", "latest"),
    [
        ([(C, "Is it waterproof?")], "Is it waterproof?"),
        ([(C, "Hello"), (A, "Hi!"), (C, "Is it waterproof?")], "Is it waterproof?"),
        ([(C, "My kettle leaks."), (C, "What now?")], "My kettle leaks. What now?"),
        ([(C, "My kettle leaks."), (C, "  "), (C, "What now?")], "My kettle leaks. What now?"),
        ([(C, "It leaks. What now?"), (A, "One moment.")], "It leaks. What now?"),
        ([(C, "It leaks. What now?"), (A, "One moment."), (B, "…"), (A, "Still looking.")], "It leaks. What now?"),
        ([(C, "Hello"), (C, "My kettle leaks.")], "My kettle leaks."),
        ([(C, "你好"), (C, "水壶漏水怎么办")], "水壶漏水怎么办"),
        ([(C, "こんにちは"), (C, "ケトルから水が漏れます")], "ケトルから水が漏れます"),
        ([(C, "Hallo"), (C, "Der Kocher tropft.")], "Der Kocher tropft."),
        ([(C, "Thanks")], "Thanks"),
        ([(C, "It leaks."), (C, ""), (A, "Hm."), (C, " ")], "It leaks."),
    ],
)
def test_the_last_words_of_the_customer_that_say_something(said: list[tuple[Role, str]], latest: str) -> None:
    assert read(*said).latest == latest


@pytest.mark.parametrize("said", [[], [(A, "Hello, anybody there?")], [(C, " "), (A, "Hello?")], [(C, "\u3000\n")]])
def test_a_customer_who_said_nothing_is_waited_for(said: list[tuple[Role, str]]) -> None:
    with pytest.raises(InvalidInput, match="said nothing yet") as caught:
        read(*said)
    assert "at least one turn of the customer" in caught.value.remedy


def test_too_much_at_a_time_is_refused_by_its_length_and_not_quoted() -> None:
    assert read((C, "x" * 200)).latest == "x" * 200
    with pytest.raises(InvalidInput, match="201 characters; at most 200") as caught:
        read((C, "secret" + "x" * 195))
    assert "secret" not in str(caught.value)


def test_long_earlier_turns_do_not_matter() -> None:
    assert read((C, "y" * 5000), (A, "I see."), (C, "And now?")).latest == "And now?"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ([(C, "水壶漏水怎么办")], "zh-Hans"),
        ([(C, "水壺漏水怎麼辦？")], "zh-Hant"),
        ([(C, "물이 새요")], "ko"),
        ([(C, "ケトルから水が漏れます"), (A, "…"), (C, "12345")], "ja"),
        ([(C, "Гарантия?"), (A, "…"), (C, "???")], "ru"),
        ([(C, "12345")], "und"),
    ],
)
def test_the_language_is_that_of_the_last_words_that_have_one(said: list[tuple[Role, str]], language: str) -> None:
    assert read(*said).language == language


def test_the_caller_s_language_wins_and_the_agent_has_the_customer_s_unless_told() -> None:
    assert read((C, "水壶漏水"), language="en").language == "en"
    assert read((C, "水壶漏水")).agent == "zh-Hans"
    assert read((C, "水壶漏水"), agent_language="en").agent == "en"


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Where is order MV-2026-118420?", "en", "Where is order ?"),
        ("我的订单MV-2026-118420到哪了", "zh-Hans", "我的订单到哪了"),
        ("write to lena@example.com please", "en", "write to  please"),
        ("call +44 20 7946 0958 about the kettle", "en", "call  about the kettle"),
        ("MV-2026-118420", "en", "MV-2026-118420"),
        ("How long is the warranty of the Drift R3?", "en", "How long is the warranty of the Drift R3?"),
        ("refund of 59 EUR since 2026-03-01", "en", "refund of 59 EUR since 2026-03-01"),
    ],
)
def test_numbers_of_one_customer_are_no_part_of_the_question(text: str, language: str, left: str) -> None:
    assert without_facts(text, language) == left


@pytest.mark.parametrize(
    ("said", "given", "facts"),
    [
        (["order MV-2026-118420"], {}, {"order_number": "MV-2026-118420"}),
        (["order MV-2026-118420", "I said MV-2026-118420"], {}, {"order_number": "MV-2026-118420"}),
        (["orders MV-2026-118420 and MV-2026-118421"], {}, {}),
        (["order MV-2026-118420"], {"order_number": "MV-1"}, {"order_number": "MV-1"}),
        (["order MV-2026-118420"], {"order_number": " "}, {"order_number": "MV-2026-118420"}),
        (["hello there"], {"customer_name": "Lena"}, {"customer_name": "Lena"}),
    ],
)
def test_what_the_caller_knows_goes_before_what_was_said(
    said: list[str], given: Mapping[str, str], facts: Mapping[str, str]
) -> None:
    found = read(*((C, text) for text in said), facts=given).facts
    assert {name: value for name, value in found.items() if name in {"order_number", "customer_name"}} == facts


def test_what_agents_said_is_no_fact_of_the_customer() -> None:
    assert "order_number" not in read((A, "Is it order MV-2026-118420?"), (C, "No idea.")).facts


def test_candidates_are_compared_with_the_question_and_with_the_last_words_alone() -> None:
    plain = read((C, "Is the kettle waterproof?"))
    assert plain.queries == ("Is the kettle waterproof?",)
    twice = read((C, "My kettle leaks."), (C, "What now?"))
    assert twice.queries == (twice.question, "What now?")
    assert "kettle" in twice.question
