"""Answers by kind of evidence, through the whole engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.answering.request import AnswerRequest
from engine.domain.answer import AnswerMode, Presentation, TokenEvent
from engine.domain.channel import Channel
from engine.domain.knowledge import DocumentKind
from tests.fakes.generation import ScriptedGenerator
from tests.unit.engine.desk import KB, Desk, open_desk, page

ENTRY = "Yes, as a company. Apply once.\n\n- net 14 days\n- quote the number"
FAQ_TEXT = f"Can I pay by invoice?\n{ENTRY}\n\nWhen am I charged?\nAt once."
STEPS = "How to descale the kettle\n\n" + "\n".join(
    f"{number}. Rinse it for the turn {number}." for number in range(1, 9)
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    faq, text = page("faq", FAQ_TEXT, title="Billing")
    with open_desk(tmp_path) as opened:
        opened.add((replace(faq, kind=DocumentKind.FAQ), text), page("manual", STEPS, title="Kettle"))
        yield opened


def test_a_curated_answer_is_given_as_it_stands_without_the_model(desk: Desk) -> None:
    model = ScriptedGenerator("The model was asked. [1]")
    events = list(desk.with_model(model).engine.stream(KB, AnswerRequest("Can I pay by invoice?", threshold=1.0)))
    answer = desk.with_model(model).ask("Can I pay by invoice?", threshold=1.0)
    assert answer.text is not None
    assert answer.text.text == ENTRY
    assert (answer.text.mode, answer.text.presented_as) == (AnswerMode.CANNED, Presentation.FAQ)
    (citation,) = answer.citations
    assert citation.quote == answer.text.text
    assert citation.span.of(desk.stored(citation.document_id, 1)) == citation.quote
    assert [event.text for event in events if isinstance(event, TokenEvent)] == [answer.text.text]
    assert model.prompts == []


def test_another_question_about_it_is_no_canned_answer(desk: Desk) -> None:
    answer = desk.ask("Which number must I quote when I pay an invoice as a company?")
    assert answer.text is not None
    assert answer.text.mode is AnswerMode.EXTRACTIVE


@pytest.mark.parametrize(("channel", "lines"), [(Channel.CHAT, 8), (Channel.VOICE, 5), (Channel.SMS, 3)])
def test_steps_are_presented_as_steps_and_fit_the_channel(desk: Desk, channel: Channel, lines: int) -> None:
    request = AnswerRequest("How do I descale the kettle?", threshold=0.0, channel=channel)
    answer = desk.engine.answer(KB, request)
    assert answer.text is not None
    assert answer.text.presented_as is Presentation.STEPS
    assert answer.text.lead_in == "These are the steps from “Kettle”:"
    assert answer.text.text.count("\n") == lines - 1


def test_the_model_is_told_how_much_to_write(desk: Desk) -> None:
    model = ScriptedGenerator("Rinse it for the turn 1. [1]")
    request = AnswerRequest("How do I descale the kettle?", threshold=0.0, channel=Channel.VOICE)
    answer = desk.with_model(model).engine.answer(KB, request)
    assert "at most 2 short sentences" in model.prompts[-1].system
    assert answer.text is not None
    assert (answer.text.mode, answer.text.lead_in) == (AnswerMode.GENERATED, "")
