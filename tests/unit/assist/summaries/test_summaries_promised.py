from __future__ import annotations

import pytest

from engine.assist.summaries.promised import promised
from engine.assist.summaries.reading import lines_of
from tests.fakes.conversations import conversation


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We will call you by Friday at 12:00.", ["by Friday", "12:00"]),
        ("It takes up to 10 working days.", ["10 working days"]),
        ("I'll ask our accounting team and get back to you by 24 April.", ["24 April"]),
        ("我已经为您登记了，明天18:00前给您回电。", ["明天", "18:00"]),
        ("這種情況需要請示主管，週五前回覆您。", ["週五前"]),
        ("4月20日までにお電話でご連絡いたします。", ["4月20日"]),
        ("本日中に担当者からお電話いたします。", ["本日中"]),
    ],
)
def test_promises_come_with_the_words_that_say_by_when(text: str, due: list[str]) -> None:
    (found,) = promised(lines_of(conversation(f"A: {text}")))
    assert (found.text, [each.text for each in found.due]) == (text, due)
    assert all(each.span.of(text) == each.text for each in found.due)


@pytest.mark.parametrize(
    "said",
    [
        "C: I will call you tomorrow.",
        "A: Shall we send it tomorrow?",
        "A: Please hold the button for 10 seconds.",
        "A: Thank you for waiting.",
        "A: 部品の故障です。",
    ],
)
def test_what_the_customer_says_and_questions_and_steps_are_none(said: str) -> None:
    assert list(promised(lines_of(conversation(said)))) == []
