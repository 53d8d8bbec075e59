from __future__ import annotations

import pytest

from engine.assist.summaries.reading import MAX_TURNS, lines_of, validated_turns
from engine.domain.conversation import Role, Turn
from engine.errors import InvalidInput
from tests.fakes.conversations import PARCEL, conversation


def test_sentences_are_exact_and_know_their_turns() -> None:
    lines = lines_of(PARCEL)
    assert [line.place for line in lines] == [0, 0, 0, 1, 1, 2, 3]
    assert all(line.span.of(PARCEL[line.place].text) == line.text == line.quote.text for line in lines)


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Hello!", False),
        ("谢谢", False),
        ("少々お待ちください。", False),
        ("Thanks, that's a loose bearing.", True),
        ("好的，请您到最近的快递点出示二维码寄出", True),
        ("It is order 4711.", True),
        ("还是不行", True),
        ("ログインできました。", True),
    ],
)
def test_courtesy_tells_nothing(text: str, telling: bool) -> None:
    assert [line.telling for line in lines_of(conversation(f"C: {text}"))] == [telling]


@pytest.mark.parametrize(
    ("text", "asks"),
    [("Can I get a refund?", True), ("能退款吗", True), ("いつ届きますか。", True), ("I want a refund.", False)],
)
def test_questions_are_known(text: str, asks: bool) -> None:
    assert [line.asks for line in lines_of(conversation(f"C: {text}"))] == [asks]


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((), "empty"),
        ((Turn(Role.AGENT, "Hello"),), "no turn of a customer"),
        ((Turn(Role.CUSTOMER, "  "), Turn(Role.AGENT, "Hello")), "no turn of a customer"),
        ((Turn(Role.CUSTOMER, "a"),) * (MAX_TURNS + 1), "too long"),
        ((Turn(Role.CUSTOMER, "a" * 1_000_001),), "too long"),
    ],
)
def test_what_cannot_be_summarised_is_refused_with_a_remedy(turns: tuple[Turn, ...], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        validated_turns(turns)
    assert caught.value.remedy
