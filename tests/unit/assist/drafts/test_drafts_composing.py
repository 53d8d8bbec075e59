from __future__ import annotations

from dataclasses import replace

import pytest

from engine.answering.extract import Extraction, Quote
from engine.assist.drafts.composing import Block, asking_back, assembled, composed, moved, quoting
from engine.assist.drafts.evidence import Evidence
from engine.assist.drafts.shell import Shell
from engine.domain.channel import Channel
from engine.domain.draft import DraftPart, Tone
from engine.domain.handoff import Clarification
from engine.domain.knowledge import Span
from tests.builders import passage

TEXT = "Returns are free. Send it within 30 days. Keep the box."
SHELL = Shell(language="en", tone=Tone.FRIENDLY, channel=Channel.CHAT)
ASK = Block(DraftPart.NEXT, "Which order?", asks="order_number")


def evidence(*quotes: str, text: str = TEXT, steps: bool = False, language: str = "en") -> Evidence:
    where = passage(text, language=language)
    made = tuple(Quote(0, Span(text.index(each), text.index(each) + len(each)), each) for each in quotes)
    return Evidence((where,), Extraction(made, steps=steps), 0.9, None)


def parts(draft: object) -> list[DraftPart]:
    return [each.part for each in draft.sections]  # type: ignore[attr-defined]


def test_quotes_stand_between_the_courtesies_and_are_cited_where_they_stand() -> None:
    found = quoting(evidence("Returns are free.", "Keep the box."), SHELL, "MV-1", None)
    assert found.text == (
        "Hello,\nThanks for getting in touch.\nRegarding your order MV-1: Returns are free. Keep the box.\n"
        "If anything is unclear, just write back.\nHave a nice day!"
    )
    assert [each.answer_span.of(found.text) for each in found.citations] == ["Returns are free.", "Keep the box."]
    assert [each.span.of(found.text)[:5] for each in found.sections] == ["Hello", "Thank", "Regar", "If an", "Have "]
    assert all(each.quote == each.span.of(TEXT) for each in found.citations)


def test_steps_are_announced_and_stand_on_lines_of_their_own() -> None:
    text = "1. Pull the plug.\n2. Wait."
    found = quoting(evidence("1. Pull the plug.", "2. Wait.", text=text, steps=True), SHELL, "", None)
    assert "Here is what to do:\n1. Pull the plug.\n2. Wait.\n" in found.text
    assert DraftPart.STEPS in parts(found)
    assert [each.answer_span.of(found.text) for each in found.citations] == ["1. Pull the plug.", "2. Wait."]


def test_chinese_is_shown_in_the_readers_script_and_cited_as_it_stands() -> None:
    text = "退貨運費由我們負擔。"
    found = quoting(evidence(text, text=text, language="zh-Hant"), replace(SHELL, language="zh-Hans"), "", None)
    (cited,) = found.citations
    assert (cited.quote, cited.answer_span.of(found.text)) == (text, "退货运费由我们负担。")


def test_letters_have_paragraphs() -> None:
    found = quoting(evidence("Keep the box."), replace(SHELL, channel=Channel.EMAIL, agent="Tom"), "", None)
    assert found.text.split("\n\n")[2] == "Keep the box."
    assert found.text.endswith("Best wishes\nTom")


def test_a_question_for_a_fact_takes_the_place_of_the_invitation() -> None:
    found = quoting(evidence("Keep the box."), SHELL, "", ASK)
    assert "Which order?" in found.text
    assert "just write back" not in found.text
    assert [(name, span.of(found.text)) for name, span in found.asked] == [("order_number", "Which order?")]


def test_the_last_quotes_are_left_out_where_there_is_no_room() -> None:
    first, second = "A" * 300 + ".", "B" * 300 + "."
    held = evidence(first, second, text=f"{first} {second}")
    found = quoting(held, replace(SHELL, channel=Channel.SMS), "", None)
    assert (first in found.text, second in found.text, len(found.citations)) == (True, False, 1)
    both = quoting(held, SHELL, "", None)
    assert len(both.citations) == 2


def test_courtesies_give_way_one_after_the_other_but_not_the_question() -> None:
    room = 600
    voice = replace(SHELL, channel=Channel.VOICE)
    full = len("Hello,\nThanks for getting in touch.\n\nWhich order?\nHave a nice day!")
    fits = composed([Block(DraftPart.ANSWER, "x" * (room - full))], voice, ASK)
    assert (len(fits.text), parts(fits)[-1]) == (room, DraftPart.CLOSING)
    tight = composed([Block(DraftPart.ANSWER, "x" * (room - full + 1))], voice, ASK)
    assert parts(tight) == [DraftPart.GREETING, DraftPart.EMPATHY, DraftPart.ANSWER, DraftPart.NEXT]
    full_up = composed([Block(DraftPart.ANSWER, "x" * room)], voice, ASK)
    assert parts(full_up) == [DraftPart.ANSWER, DraftPart.NEXT]


def test_parts_that_the_core_has_are_its_own() -> None:
    core = [Block(DraftPart.EMPATHY, "Oh dear."), Block(DraftPart.ANSWER, "Yes."), Block(DraftPart.NEXT, "Try it.")]
    assert composed(core, SHELL, None).text == "Hello,\nOh dear.\nYes.\nTry it.\nHave a nice day!"
    assert composed(core, SHELL, ASK).text == "Hello,\nOh dear.\nYes.\nWhich order?\nHave a nice day!"


@pytest.mark.parametrize("text", ["eSIM cards are free.", "iPhones are repaired.", "退货免运费。", "3 days."])
def test_a_quote_that_comes_first_stays_as_it_is_written(text: str) -> None:
    assert assembled([Block(DraftPart.ANSWER, text)], "\n").text == text


def test_a_draft_begins_with_a_capital_whatever_comes_first() -> None:
    german = replace(SHELL, language="de", begun=True)
    told = assembled([Block(DraftPart.EMPATHY, "danke für Ihre Nachricht.")], "\n")
    assert told.text == "Danke für Ihre Nachricht."
    assert composed([Block(DraftPart.ANSWER, "ja.")], german, None).text.startswith("Ja.")
    assert composed([], replace(german, begun=False), None).text.startswith("Hallo,\ndanke")


def test_nothing_at_all_is_nothing() -> None:
    assert assembled([], "\n").text == ""


def test_options_are_asked_for_and_cited_where_they_stand() -> None:
    table = "Country: Japan; Days: 14\nCountry: China; Days: 7"
    back = Clarification("Which of these applies to you?", ("Japan", "China", "Mars"))
    found = asking_back(evidence("Country: Japan; Days: 14", text=table), back, SHELL)
    assert "Which of these applies to you?\n- Japan\n- China\n- Mars\n" in found.text
    assert [(each.quote, each.answer_span.of(found.text)) for each in found.citations] == [
        ("Japan", "Japan"),
        ("China", "China"),
    ]
    assert all(each.span.of(table) == each.quote for each in found.citations)


def test_citations_move_with_their_text() -> None:
    (cited,) = quoting(evidence("Keep the box."), SHELL, "", None).citations
    (later,) = moved([cited], 5)
    assert (later.answer_span.start - cited.answer_span.start, len(later.answer_span)) == (5, len(cited.answer_span))
    assert later.span == cited.span
