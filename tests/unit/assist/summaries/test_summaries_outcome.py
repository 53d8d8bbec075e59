from __future__ import annotations

import pytest

from engine.assist.summaries.outcome import outcome
from engine.assist.summaries.reading import lines_of
from tests.fakes.conversations import conversation

ROOM = 10


def told(*said: str, room: int = ROOM) -> list[str]:
    return [each.text for each in outcome(lines_of(conversation(*said)), (), room)]


def test_deeds_come_before_explanations_and_those_before_statements() -> None:
    said = ("A: The K2 is a popular kettle.", "A: The limit is 30 days.", "A: I have refunded it.")
    assert told(*said, room=1) == ["I have refunded it."]
    assert told(*said, room=2) == ["The limit is 30 days.", "I have refunded it."]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("do i have to send it back", "No, please keep it, it's on us."),
        ("礼盒包装有吗", "目前不提供礼盒包装。"),
        ("店舗で受け取れますか", "石垣島には提携店がございません。"),
        ("Can I go back to 4.1.8?", "There's no way back to an earlier version, sorry."),
    ],
)
def test_what_the_desk_answers_is_told(asked: str, answer: str) -> None:
    assert told(f"C: {asked}", f"A: {answer}")[0] == answer


@pytest.mark.parametrize("said", ["You're right.", "That fits.", "仰る通りでございます。", "我查一下。"])
def test_what_only_shows_understanding_is_left(said: str) -> None:
    assert told("C: It is broken.", f"A: {said}", "C: Ok") == ["It is broken."]


def test_a_question_is_told_only_where_it_names_something_to_be_confirmed() -> None:
    told_so_far = ("C: It is order 4711.", "A: How old is the kettle?", "A: 4711, is that right?")
    assert told(*told_so_far, "A: Would 12 May suit?", "C: ok") == ["Would 12 May suit?", "It is order 4711."]


@pytest.mark.parametrize(
    "said",
    [
        "Would you like a refund or a new kettle?",
        "另外我们不等破案，直接给您补发一台，您看可以吗？",
        "返金と交換のどちらをご希望でしょうか。",
        "The driver would come up to your flat; is there a lift?",
        "您的机器还在保修期，订单号方便发一下吗？",
    ],
)
def test_a_question_is_told_that_offers_or_states_something(said: str) -> None:
    assert told("C: It is broken.", f"A: {said}", "C: ok")[0] == said


@pytest.mark.parametrize(
    "said", ["What is your order number?", "您先别着急，请问订单号是多少？", "ご購入はいつ頃でしょうか。"]
)
def test_other_questions_are_left(said: str) -> None:
    assert told("C: It is broken.", f"A: {said}", "C: ok") == ["It is broken."]


def test_a_request_that_was_met_is_left_and_one_that_was_not_is_told() -> None:
    request = "A: Please tell me your order number."
    assert told("C: It is broken.", request, "C: It is 4711")[0] == "It is 4711"
    assert told("C: It is broken.", request, "C: Later")[0] == "Please tell me your order number."


def test_what_was_told_elsewhere_is_left() -> None:
    lines = lines_of(conversation("C: It is broken.", "A: I have refunded it."))
    assert outcome(lines, [line.quote for line in lines], ROOM) == []
