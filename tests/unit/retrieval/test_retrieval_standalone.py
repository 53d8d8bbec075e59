"""Turning the last message of a conversation into a query that stands alone."""

from __future__ import annotations

import pytest

from engine.domain.conversation import Role, Turn
from engine.retrieval.standalone import standalone_query
from tests.builders import asked


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("How long is the warranty of the Drift R3?", "And for the battery?", "en"),
        ("Drift R3 的保修期是多久？", "电池呢？", "zh-Hans"),
        ("Drift R3 的保固期是多久？", "電池呢？", "zh-Hant"),
        ("Drift R3の保証期間はどのくらいですか？", "バッテリーは？", "ja"),
        ("Wie lange gilt die Garantie des Drift R3?", "Und der Akku?", "de"),
    ],
)
def test_a_short_follow_up_takes_over_what_was_asked(before: str, question: str, language: str) -> None:
    found = standalone_query(question, language, asked(before))
    assert before in found
    assert found.endswith(question)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Which payment methods does the Maruvale shop accept in Taiwan for orders above three thousand?", "en"),
        ("台湾的顾客在官网购买空气净化器时可以使用哪些付款方式和分期方案？", "zh-Hans"),
        ("台灣的顧客在官網購買空氣清淨機時可以使用哪些付款方式和分期方案？", "zh-Hant"),
        ("台湾のお客様が公式サイトで空気清浄機を購入する場合の支払い方法と分割払い", "ja"),
    ],
)
def test_a_question_that_says_what_it_is_about_stays_as_it_is(question: str, language: str) -> None:
    assert standalone_query(question, language, asked("How do I descale the kettle?")) == question


def test_the_first_message_stays_as_it_is() -> None:
    assert standalone_query("Warranty?", "en", ()) == "Warranty?"


def test_only_what_the_customer_said_is_taken_over() -> None:
    history = (
        Turn(Role.ASSISTANT, "Welcome to the Maruvale desk."),
        Turn(Role.CUSTOMER, "Do you ship to Norway?"),
        Turn(Role.AGENT, "Yes, within nine days."),
    )
    found = standalone_query("And duties?", "en", history)
    assert found == "Do you ship to Norway? And duties?"


def test_a_conversation_in_which_the_customer_said_nothing_adds_nothing() -> None:
    history = (Turn(Role.ASSISTANT, "How can I help?"), Turn(Role.CUSTOMER, "  "))
    assert standalone_query("Duties?", "en", history) == "Duties?"


def test_the_latest_questions_are_taken_over_and_old_ones_are_forgotten() -> None:
    old, recent = "How do I descale the kettle?", "Do you ship the Drift R3 to Norway?"
    history = asked(old, "Is there a spare battery?", "Do you have it in white?", recent)
    found = standalone_query("And duties?", "en", history)
    assert recent in found
    assert old not in found


def test_earlier_questions_stand_in_the_order_in_which_they_were_asked() -> None:
    found = standalone_query("And duties?", "en", asked("Do you ship abroad?", "Also to Norway?"))
    assert found.index("abroad") < found.index("Norway") < found.index("duties")
