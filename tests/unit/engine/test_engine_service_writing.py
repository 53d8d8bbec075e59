"""The engine with a language model, its streams, and what it keeps to itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answering.request import AnswerRequest
from engine.answering.writing import LLM_FAILED, LLM_INTERRUPTED, LLM_UNSUPPORTED
from engine.domain.answer import AnswerEvent, AnswerMode, CitationEvent, DoneEvent, TokenEvent
from engine.domain.search import SearchFilter
from engine.errors import BackendFailed, InvalidInput
from engine.ports import Generator
from tests.fakes.generation import ScriptedGenerator
from tests.unit.engine.desk import KB, Desk, open_desk, page

TEXT = "A refund takes five working days. A bank transfer takes up to ten working days."
QUESTION = "How long does a refund take?"
GOOD = "A refund takes five working days [1]. A bank transfer takes up to ten working days [1]."
DOWN = BackendFailed("The language model is down.")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), max_question_chars=100) as opened:
        opened.add(
            page("refunds", TEXT, title="Refunds"),
            page("refunds-de", "Eine Erstattung dauert fünf Werktage.", language="de"),
            page("points-zh", "积分在十八个月后过期，过期积分不能恢复。", language="zh-Hans"),
        )
        yield opened


def events(desk: Desk, question: str, *, threshold: float = 0.0) -> list[AnswerEvent]:
    return list(desk.engine.stream(KB, AnswerRequest(question, threshold=threshold)))


@pytest.mark.parametrize(
    ("generator", "mode", "notes"),
    [
        (None, AnswerMode.EXTRACTIVE, ()),
        (ScriptedGenerator(GOOD), AnswerMode.GENERATED, ()),
        (ScriptedGenerator(error=DOWN), AnswerMode.EXTRACTIVE, (LLM_FAILED,)),
        (ScriptedGenerator("It takes 3 hours [1]."), AnswerMode.EXTRACTIVE, (LLM_UNSUPPORTED,)),
        (ScriptedGenerator(GOOD, " And then", error=DOWN), AnswerMode.GENERATED, (LLM_INTERRUPTED,)),
    ],
)
def test_the_answer_says_how_it_came_about(
    desk: Desk, generator: Generator | None, mode: AnswerMode, notes: tuple[str, ...]
) -> None:
    answer = desk.with_model(generator).ask(QUESTION)
    assert answer.text is not None
    assert answer.text.text.startswith("A refund takes five working days.")
    assert (answer.text.mode, answer.text.notes) == (mode, notes)
    assert answer.citations
    for citation in answer.citations:
        assert citation.span.of(desk.stored(citation.document_id, citation.version)) == citation.quote


def test_a_generated_answer_cites_the_sentences_it_rests_on(desk: Desk) -> None:
    answer = desk.with_model(ScriptedGenerator(GOOD)).ask(QUESTION)
    assert answer.text is not None
    assert answer.text.text == TEXT
    assert [citation.answer_span.of(answer.text.text) for citation in answer.citations] == [
        citation.quote for citation in answer.citations
    ]


def test_every_answer_is_in_the_script_of_the_question_and_a_quote_in_its_own(desk: Desk) -> None:
    question = "請問積分幾個月後過期？"
    generated = desk.with_model(ScriptedGenerator("積分在十八個月後過期。[1]")).ask(question).text
    answer = desk.ask(question)
    quoted = answer.text
    assert generated is not None
    assert quoted is not None
    assert (generated.mode, generated.language) == (AnswerMode.GENERATED, "zh-Hant")
    assert (quoted.mode, quoted.language) == (AnswerMode.EXTRACTIVE, "zh-Hant")
    assert {citation.language for citation in answer.citations} == {"zh-Hans"}


@pytest.mark.parametrize(("question", "threshold"), [(QUESTION, 1.0), ("🧺", 0.0)])
def test_the_model_is_not_asked_when_the_engine_abstains(desk: Desk, question: str, threshold: float) -> None:
    generator = ScriptedGenerator(GOOD)
    assert desk.with_model(generator).ask(question, threshold=threshold).abstained is not None
    assert generator.prompts == []


def test_the_model_reads_the_conversation(desk: Desk) -> None:
    generator = ScriptedGenerator(GOOD)
    first = desk.ask("I sent my kettle back in a refund case.")
    question = "How many working days does a refund by bank transfer take?"
    answer = desk.with_model(generator).ask(question, conversation=first.conversation_id)
    assert answer.question.standalone == question
    assert "I sent my kettle back" in generator.prompts[-1].user
    assert TEXT in generator.prompts[-1].user


# streams


@pytest.mark.parametrize("generator", [None, ScriptedGenerator(GOOD), ScriptedGenerator(error=DOWN)])
def test_a_stream_is_the_answer_piece_by_piece(desk: Desk, generator: Generator | None) -> None:
    *before, last = events(desk.with_model(generator), QUESTION)
    assert isinstance(last, DoneEvent)
    streamed, whole = last.answer, desk.with_model(generator).ask(QUESTION)
    assert streamed.text is not None
    assert "".join(e.text for e in before if isinstance(e, TokenEvent)) == streamed.text.text
    assert tuple(e.citation for e in before if isinstance(e, CitationEvent)) == streamed.citations
    assert (whole.text, whole.citations) == (streamed.text, streamed.citations)
    assert (whole.confidence, whole.follow_ups) == (streamed.confidence, streamed.follow_ups)


def test_evidence_follows_the_words_that_it_supports(desk: Desk) -> None:
    sent, citations = "", 0
    for event in events(desk, QUESTION):
        if isinstance(event, TokenEvent):
            sent += event.text
        elif isinstance(event, CitationEvent):
            citations += 1
            assert event.citation.answer_span.end == len(sent)
    assert citations > 0


def test_an_abstention_streams_nothing_but_itself(desk: Desk) -> None:
    (only,) = events(desk, QUESTION, threshold=1.0)
    assert isinstance(only, DoneEvent)
    assert only.answer.abstained is not None


def test_errors_come_before_the_first_event(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        next(iter(desk.engine.stream(KB, AnswerRequest(" "))))


def test_a_stream_that_is_left_early_does_not_break_the_next(desk: Desk) -> None:
    stream = desk.engine.stream(KB, AnswerRequest(QUESTION, threshold=0.0))
    assert isinstance(next(iter(stream)), TokenEvent)
    del stream
    assert desk.ask(QUESTION).text is not None


# filters and privacy


def test_a_filter_narrows_what_answers_are_made_of(desk: Desk) -> None:
    request = AnswerRequest(QUESTION, filter=SearchFilter(languages=("de",)), threshold=0.0)
    answer = desk.engine.answer(KB, request)
    assert {citation.uri for citation in answer.citations} == {"refunds-de.md"}


@pytest.mark.parametrize("generator", [None, ScriptedGenerator(GOOD), ScriptedGenerator("Half a", error=DOWN)])
def test_neither_questions_nor_documents_are_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, generator: Generator | None
) -> None:
    caplog.set_level(logging.DEBUG)
    with open_desk(tmp_path) as desk:
        desk.add(page("refunds", "The secret word is xylograph. " + TEXT))
        desk.with_model(generator).ask("My card number is 4111-1111, where is the xylograph refund?")
        desk.with_model(generator).ask("Nobody knows 4111-1111?", threshold=1.0)
    logged = "\n".join(f"{each.getMessage()} {each.exc_text}" for each in caplog.records)
    assert "xylograph" not in logged
    assert "4111" not in logged


def test_errors_do_not_quote_the_question(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        desk.ask("My card number is 4111-1111-1111-1111." * 5)
    assert "4111" not in str(caught.value)
