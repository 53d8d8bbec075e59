from __future__ import annotations

import pytest

from engine.assist.summaries.written import LLM_FAILED, LLM_INTERRUPTED, LLM_UNSUPPORTED, MAX_PROMPT_CHARS
from engine.domain.answer import AnswerMode
from engine.domain.conversation import Role, Turn
from engine.domain.summary import Statement, StatementEvent, Summary, SummaryPart, SummaryRequest
from engine.errors import BackendFailed
from tests.fakes.conversations import PARCEL, ROBOT, summarizer
from tests.fakes.generation import ScriptedGenerator

GOOD = "issue: The customer's parcel has not arrived. [0]\n"


def summary(*pieces: str, turns: tuple[Turn, ...] = PARCEL, error: BackendFailed | None = None) -> Summary:
    return summarizer(ScriptedGenerator(*pieces, error=error)).summary(SummaryRequest(turns))


def of_part(found: Summary, part: SummaryPart) -> list[Statement]:
    return [each for section in found.sections if section.part is part for each in section.statements]


def test_a_statement_that_its_turn_bears_out_is_kept() -> None:
    found = summary(GOOD)
    (said,) = of_part(found, SummaryPart.ISSUE)
    assert (found.mode, found.notes, said.places) == (AnswerMode.GENERATED, (), (0,))
    assert said.text == "The customer's parcel has not arrived."
    assert all(quote.span.of(PARCEL[quote.place].text) == quote.text for quote in said.quotes)


def test_parts_that_it_leaves_out_are_quoted() -> None:
    found = summary(GOOD)
    assert of_part(found, SummaryPart.PROMISES)[0].text.startswith("We will call you by Friday")
    assert [fact.text for fact in found.facts] == ["MV-2026-118420", "+31 6 2417 8830"]


@pytest.mark.parametrize(
    "line",
    [
        "issue: The customer's parcel of order MV-2026-118421 has not arrived. [0]",  # another number
        "issue: The customer's parcel has not arrived.",  # no turn
        "issue: The customer's parcel has not arrived. [9]",  # no such turn
        "issue: The parcel has not arrived. [2]",  # another turn
        "issue: The kettle leaks and burns the table. [0]",  # invented
        "issue: The parcel has arrived. [0]",  # the contrary
        "outcome: We will call by Monday at 15:00 with the result. [2]",  # another time
        "My parcel has not arrived. [0]",  # no label
        "issue: 包裹没有收到。 [0]",  # another language
    ],
)
def test_what_its_turns_do_not_bear_out_is_dropped(line: str) -> None:
    found = summary(line)
    assert (found.mode, found.notes) == (AnswerMode.EXTRACTIVE, (LLM_UNSUPPORTED,))
    assert of_part(found, SummaryPart.ISSUE)[0].text == "My parcel has not arrived."


def test_failures_are_told_and_what_came_before_is_kept() -> None:
    error = BackendFailed("down")
    assert summary(error=error).notes == (LLM_FAILED,)
    found = summary(GOOD, error=error)
    assert (found.mode, found.notes) == (AnswerMode.GENERATED, (LLM_INTERRUPTED,))


def test_statements_are_streamed_as_they_are_written() -> None:
    maker = summarizer(ScriptedGenerator(GOOD[:20], GOOD[20:], GOOD, "tried: nothing"))
    first, *rest = maker.stream(SummaryRequest(PARCEL))
    assert isinstance(first, StatementEvent)
    assert first.statement.text in GOOD
    said = [event.statement.text for event in rest if isinstance(event, StatementEvent)]
    assert first.statement.text not in said


def test_other_languages_are_checked_as_well() -> None:
    found = summary("tried: 擦了四个小窗口，还是不行。[1][2]\n", "outcome: 晾48小时后可以用了。[3][4]\n", turns=ROBOT)
    assert [each.places for each in of_part(found, SummaryPart.TRIED)] == [(1, 2)]
    assert all("48" not in each.text for each in of_part(found, SummaryPart.OUTCOME))


def test_the_conversation_is_fenced_numbered_and_bounded() -> None:
    generator = ScriptedGenerator("")
    turns = (*PARCEL, *(Turn(Role.AGENT, f"Turn {at} [1] says nothing much. " * 30) for at in range(200)))
    summarizer(generator).summary(SummaryRequest(turns))
    (prompt,) = generator.prompts
    assert "[0] customer: Hello!" in prompt.user
    assert "[203] agent:" in prompt.user
    assert "[100] agent:" not in prompt.user
    assert len(prompt.user) < MAX_PROMPT_CHARS * 1.2
