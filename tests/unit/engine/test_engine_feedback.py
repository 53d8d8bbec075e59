"""Feedback on what the engine answered, asked back or handed over; and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain.answer import AbstentionReason
from engine.domain.feedback import GivenFeedback, Verdict
from engine.domain.handoff import HandoffReason
from engine.errors import InvalidInput, NotFound
from tests.unit.engine.desk import KB, Desk, open_desk, page

WARRANTY = "Warranty periods\n\nPart: battery; Warranty: 1 year\nPart: motor; Warranty: 3 years"
PARCEL = "How long does a parcel to Norway take?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        opened.add(
            page("warranty", WARRANTY, title="Warranty"),
            page("delivery", "A parcel to Norway takes 5–9 working days.", title="Delivery"),
        )
        yield opened


def test_what_was_answered_is_remembered_with_its_evidence(desk: Desk) -> None:
    answer = desk.ask(PARCEL)
    (said,) = desk.engine.parts.conversations.exchanges(answer.conversation_id)
    assert answer.text is not None
    assert (said.answer_id, said.knowledge_base, said.language) == (answer.answer_id, KB, "en")
    assert (said.question, said.answer, said.position) == (PARCEL, answer.text.text, 1)
    (place,) = said.citations
    assert (place.uri, place.quote) == ("delivery.md", "A parcel to Norway takes 5–9 working days.")
    assert place.wording == answer.citations[0].answer_span.of(answer.text.text)
    assert (said.abstained, said.clarified, said.handoff) == (None, False, None)


def test_what_came_instead_of_an_answer_is_remembered_too(desk: Desk) -> None:
    back = desk.ask("How long is the warranty?")
    withheld = desk.ask("Do you sell tickets to the moon?", conversation=back.conversation_id, threshold=1.0)
    over = desk.ask("Get me a human", conversation=back.conversation_id)
    asked, unknown, person = desk.engine.parts.conversations.exchanges(over.conversation_id)
    assert (asked.clarified, asked.answer) == (True, "")
    assert withheld.abstained is not None
    assert isinstance(unknown.abstained, AbstentionReason)
    assert (person.handoff, person.answer) == (HandoffReason.REQUESTED, "")
    assert len({asked.answer_id, unknown.answer_id, person.answer_id}) == 3
    assert [each.position for each in (asked, unknown, person)] == [1, 3, 5]


def test_an_answer_of_any_day_can_be_named(desk: Desk) -> None:
    first = desk.ask(PARCEL)
    desk.ask("And to Sweden?", conversation=first.conversation_id)
    review = desk.engine.give_feedback(
        GivenFeedback(first.conversation_id, first.answer_id, KB, verdict=Verdict.ACCEPTED)
    )
    assert review.exchange.question == PARCEL
    assert desk.engine.parts.feedback.reviews() == (review,)


def test_feedback_makes_its_own_id_from_what_it_says(desk: Desk) -> None:
    conversation = desk.ask(PARCEL).conversation_id
    one, same, other = (
        desk.engine.give_feedback(GivenFeedback(conversation, verdict=Verdict.ACCEPTED, csat=csat))
        for csat in (5, 5, 4)
    )
    assert one == same
    assert one.feedback.id != other.feedback.id


@pytest.mark.parametrize(
    "wrong",
    [
        GivenFeedback("c"),
        GivenFeedback("c", csat=0),
        GivenFeedback("c", csat=6),
        GivenFeedback("c", verdict=Verdict.EDITED, edited_text=" \n"),
        GivenFeedback("c", verdict=Verdict.REJECTED, edited_text="No."),
    ],
)
def test_feedback_that_says_nothing_or_too_much_is_refused(desk: Desk, wrong: GivenFeedback) -> None:
    with pytest.raises(InvalidInput) as failure:
        desk.engine.give_feedback(wrong)
    assert failure.value.remedy


def test_answers_of_other_conversations_are_not_found(desk: Desk) -> None:
    one, other = desk.ask(PARCEL), desk.ask(PARCEL)
    for conversation, answer in ((one.conversation_id, other.answer_id), ("unheard of", "")):
        with pytest.raises(NotFound, match="no such answer"):
            desk.engine.give_feedback(GivenFeedback(conversation, answer, verdict=Verdict.SOLVED))


def test_placeholders_of_a_scrubbed_question_are_not_searched_for(desk: Desk) -> None:
    plain, scrubbed = desk.ask(PARCEL), desk.ask(f"{PARCEL} [phone 1]")
    assert (scrubbed.question.text, scrubbed.question.standalone) == (f"{PARCEL} [phone 1]", PARCEL)
    assert (scrubbed.text, scrubbed.confidence) == (plain.text, plain.confidence)
    assert desk.ask("[phone 1]").question.standalone == "[phone 1]"
