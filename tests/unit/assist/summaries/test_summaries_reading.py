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
        ("好的，維持原訂單，明天送達。", True),
        ("对，金额不变。", False),
        ("好的，明天寄出。", True),
        ("好，那就換。", True),
        ("好的，谢谢您。", False),
        ("Can I talk to a person please?", True),
        ("Please wait until then and use the last link.", True),
        ("申し訳ございませんが在庫がございません。", True),
        ("很抱歉但是这款已经没有货了", True),
        ("I can register you here.", True),
        ("This is the fourth time I am contacting you.", True),
        ("This is Priya.", False),
        ("Tomasz here.", False),
        ("tracking says delivered but nothing here", True),
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
    ("text", "states"),
    [
        ("The charging dock accepts 100 to 240 volts.", True),
        ("You're right, it is overdue.", True),
        ("You're right.", False),
        ("Unbelievable!", False),
        ("變金卡了！", True),
        ("底のシールにございます。", True),
        ("ご指摘の通りでございます。", False),
    ],
)
def test_what_states_something_is_known(text: str, states: bool) -> None:
    assert [line.states for line in lines_of(conversation(f"A: {text}"))] == [states]


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
