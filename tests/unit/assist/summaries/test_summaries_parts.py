from __future__ import annotations

import pytest

from engine.assist.summaries.parts import PARTS, Room, progress_of, statements_of
from engine.assist.summaries.reading import lines_of
from engine.domain.conversation import Turn
from engine.domain.summary import Progress, SummaryPart, SummaryPurpose
from tests.fakes.conversations import PARCEL, ROBOT, conversation


def told(turns: tuple[Turn, ...], room: Room | None = None) -> dict[SummaryPart, list[str]]:
    found = statements_of(lines_of(turns), room or Room())
    return {part: [each.text for each in statements] for part, statements in found.items()}


def progress(*said: str) -> Progress:
    lines = lines_of(conversation(*said))
    return progress_of(lines, statements_of(lines, Room()))


def test_the_matter_is_told_without_greetings() -> None:
    assert told(PARCEL)[SummaryPart.ISSUE] == ["My parcel has not arrived.", "The order is MV-2026-118420."]


def test_a_step_stands_with_what_came_of_it() -> None:
    assert told(ROBOT)[SummaryPart.TRIED] == [
        "请用干布擦一下底部的四个小窗口。 → 擦过了，还是不行",
        "请关机晾24小时再试试。 → 好了，可以用了，谢谢",
    ]
    found = statements_of(lines_of(ROBOT), Room())[SummaryPart.TRIED]
    assert [each.places for each in found] == [(1, 2), (3, 4)]


def test_what_the_customer_did_alone_is_told_too() -> None:
    turns = conversation("C: The app won't connect.", "A: I see.", "C: I restarted the router and the phone.")
    assert told(turns)[SummaryPart.TRIED] == ["I restarted the router and the phone."]


def test_asking_for_a_number_is_no_step() -> None:
    turns = conversation("C: It is broken.", "A: Could you give me the order number?", "C: MV-2026-118420")
    assert told(turns)[SummaryPart.TRIED] == []


def test_the_outcome_is_what_the_desk_did_and_the_customers_last_words() -> None:
    turns = conversation("C: 被扣了两次款", "A: 已经为您提交退款。", "C: 好的，那我再等等看到账没有")
    assert told(turns)[SummaryPart.OUTCOME] == ["已经为您提交退款。", "好的，那我再等等看到账没有"]


def test_what_was_left_without_a_reply_is_open() -> None:
    unanswered = conversation("C: I want a refund.", "A: I have refunded it.", "C: And when does it arrive?")
    assert told(unanswered)[SummaryPart.OPEN] == ["And when does it arrive?"]
    asked = conversation("C: I want a refund.", "A: What is your order number?")
    assert told(asked)[SummaryPart.OPEN] == ["What is your order number?"]
    assert told(PARCEL)[SummaryPart.OPEN] == []


def test_room_keeps_the_first_and_the_last() -> None:
    steps = [f"A: Please press the button {at} times." for at in range(1, 21)]
    found = told(conversation("C: It is broken.", *steps), Room(tried=4))[SummaryPart.TRIED]
    assert found == [steps[at][3:] for at in (0, 1, 18, 19)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("C: It is broken.", "A: Please restart it.", "C: It works now!"), Progress.SOLVED),
        (("C: It is broken.", "A: We will call you tomorrow.", "C: Thanks"), Progress.PROMISED),
        (("C: It is broken.", "A: Please restart it.", "C: Still not working"), Progress.UNSOLVED),
        (("C: It is broken.", "A: It takes 5 working days.", "C: It still does not work"), Progress.UNSOLVED),
        (("C: It is broken.", "A: I see."), Progress.UNSOLVED),
    ],
)
def test_how_far_it_has_come(said: tuple[str, ...], expected: Progress) -> None:
    assert progress(*said) is expected


def test_every_purpose_has_every_part_and_the_archive_the_least_room() -> None:
    assert all(set(PARTS[purpose]) == set(SummaryPart) for purpose in SummaryPurpose)
    archive, ticket = Room.for_purpose(SummaryPurpose.ARCHIVE), Room.for_purpose(SummaryPurpose.TICKET)
    assert archive.issue < ticket.issue
    assert archive.tried < ticket.tried
