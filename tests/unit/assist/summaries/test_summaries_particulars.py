from __future__ import annotations

import pytest

from engine.assist.summaries.particulars import particulars
from engine.assist.summaries.reading import lines_of
from engine.domain.knowledge import Span
from engine.domain.summary import TurnQuote
from tests.fakes.conversations import conversation

ROOM = 16


def told(*said: str, room: int = ROOM) -> list[str]:
    return [each.text for each in particulars(lines_of(conversation(*said)), (), room)]


def test_answers_are_told_unless_known() -> None:
    lines = lines_of(
        conversation("A: What should the name be?", "C: Northfield Studio Ltd", "A: It is noted.", "C: Yes")
    )
    assert [each.text for each in particulars(lines, (), ROOM)] == ["Northfield Studio Ltd"]
    assert particulars(lines, [lines[1].quote], ROOM) == []


def test_what_says_no_more_than_known_facts_is_left() -> None:
    lines = lines_of(conversation("A: Which order?", "C: MV-2026-118420."))
    (number,) = lines_of(conversation("A: Which order?", "C: MV-2026-118420"))[1:]
    assert particulars(lines, [number.quote], ROOM) == []


@pytest.mark.parametrize(
    "said",
    [
        "ok but im away from the 8th to the 15th",
        "I live in Rotterdam.",
        "我住大埔，唔得閒拎去寄",
        "我只有周日在家",
        "村井って人が。",
        "mein Sohn ist tagsüber zu Hause",
    ],
)
def test_states_of_things_are_told_though_nobody_asked(said: str) -> None:
    assert told("A: The carrier has it.", f"C: {said}") == [said]


@pytest.mark.parametrize("said", ["leave it.", "换退款吧", "後者で", "第二个吧", "返品するわ。"])
def test_decisions_are_told_however_short(said: str) -> None:
    assert told("A: There are two ways.", f"C: {said}") == [said]


@pytest.mark.parametrize(
    "said", ["Phew.", "That is a relief to hear.", "I see.", "そうなんですね。", "原来如此", "助かります。"]
)
def test_what_only_shows_a_feeling_is_left(said: str) -> None:
    assert told("A: It was our error.", f"C: {said}") == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Is the droplet symbol lit?", "nope"),
        ("本体の電源はオンですか。", "オンです"),
        ("请告诉我序列号前两位。", "甲乙"),
    ],
)
def test_an_answer_that_says_nothing_alone_stands_with_its_question(asked: str, answer: str) -> None:
    (found,) = particulars(lines_of(conversation(f"A: {asked}", f"C: {answer}")), (), ROOM)
    assert (found.text, found.places) == (f"{asked} → {answer}", (0, 1))


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("BE71 0961 2345 6769", ("BE71", "0961 2345 6769")),
        ("IE29 AIBK 9311 5212 3456 78", ("IE29", "9311 5212 3456 78")),
    ],
)
def test_a_number_in_groups_is_told_whole_where_the_facts_hold_pieces_of_it(said: str, facts: tuple[str, ...]) -> None:
    lines = lines_of(conversation("A: Which account?", f"C: {said}"))
    pieces = [TurnQuote(1, Span(said.index(each), said.index(each) + len(each)), each) for each in facts]
    assert [each.text for each in particulars(lines, pieces, ROOM)] == [said]
    assert particulars(lines_of(conversation("A: Which account?", f"C: {facts[0]}.")), pieces[:1], ROOM) == []


def test_who_is_speaking_is_told() -> None:
    said = ("A: Hello, this is Priya.", "C: 総務の楠本と申します。", "A: Let me check.")
    assert told(*said) == ["Hello, this is Priya.", "総務の楠本と申します。"]


def test_numbers_answers_and_decisions_come_first_where_the_room_is_short() -> None:
    said = ("A: It is on its way.", "C: The weather is nice over here.", "C: My flat is number 12 on the left.")
    assert told(*said, room=1) == ["My flat is number 12 on the left."]
    assert told(*said, room=2) == ["The weather is nice over here.", "My flat is number 12 on the left."]
