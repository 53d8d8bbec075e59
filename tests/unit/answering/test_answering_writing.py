"""Writing an answer: by a language model whose sentences hold, by quotes otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.answering.compose import Piece
from engine.answering.extract import extract
from engine.answering.writing import LLM_FAILED, LLM_INTERRUPTED, LLM_UNSUPPORTED, Writing
from engine.domain.answer import AnswerMode
from engine.domain.search import Passage
from engine.errors import BackendFailed, Misconfigured
from engine.ports import Prompt
from tests.builders import asked, passage, quoted
from tests.fakes.generation import ScriptedGenerator

REFUND = "A refund takes five working days. A bank transfer takes up to ten working days. The label is free in the EU."
QUESTION = "How long does a refund take?"
DOWN = BackendFailed("The language model is down.")


def writing(question: str = QUESTION, text: str = REFUND, language: str = "en") -> Writing:
    passages = [passage(text, language=language, start=120)]
    return Writing(question, language, passages, extract(question, language, passages))


def said(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def check_citations(pieces: list[Piece], passages: list[Passage]) -> None:
    """Check that every piece is cited, exactly, for its own words in the answer."""
    text = said(pieces)
    for piece in pieces:
        assert piece.citations
        for each in piece.citations:
            assert each.answer_span.of(text) == piece.text.strip()
            assert each.quote == quoted(passages[0], each.span)


def test_without_a_model_the_knowledge_is_quoted() -> None:
    answer = writing()
    pieces = list(answer.pieces(None))
    assert said(pieces).startswith("A refund takes five working days.")
    assert (answer.mode, answer.notes) == (AnswerMode.EXTRACTIVE, ())


def test_steps_of_one_line_are_put_on_lines_of_their_own() -> None:
    answer = writing("How do I descale it?", "1. Fill the tank with water.\n2. Press the descale key.")
    pieces = list(answer.pieces(ScriptedGenerator("1. Fill the tank with water. [1] 2. Press the descale key. [1]")))
    assert said(pieces) == "1. Fill the tank with water.\n2. Press the descale key."


def test_what_the_model_says_and_the_evidence_supports_is_the_answer() -> None:
    answer = writing()
    pieces = list(
        answer.pieces(
            ScriptedGenerator("A refund takes five ", "working days [1]. ", "The label is free in the EU [1].")
        )
    )
    assert said(pieces) == "A refund takes five working days. The label is free in the EU."
    assert (answer.mode, answer.notes) == (AnswerMode.GENERATED, ())
    check_citations(pieces, list(answer.passages))


@pytest.mark.parametrize(
    ("language", "text", "question", "reply"),
    [
        (
            "zh-Hans",
            "退款需要五个工作日。欧盟境内退货免运费。",
            "退款要多久？",
            "退款需要五个工作日。[1]欧盟境内退货免运费。[1]",
        ),
        (
            "zh-Hant",
            "退款需要五個工作天。歐盟境內退貨免運費。",
            "退款要多久？",
            "退款需要五個工作天。[1]歐盟境內退貨免運費。[1]",
        ),
        (
            "ja",
            "返金は5営業日かかります。EU内の返品送料は無料です。",
            "返金はいつですか？",
            "返金は5営業日かかります[1]。EU内の返品送料は無料です[1]。",
        ),
    ],
)
def test_generated_sentences_are_joined_as_their_language_joins_them(
    language: str, text: str, question: str, reply: str
) -> None:
    answer = writing(question, text, language)
    pieces = list(answer.pieces(ScriptedGenerator(reply)))
    assert answer.mode is AnswerMode.GENERATED
    assert said(pieces) == text
    check_citations(pieces, list(answer.passages))


@pytest.mark.parametrize(
    "invented",
    ["You also get a gift voucher worth fifty euros [1].", "A refund takes 3 working days [1].", "Call us [7]."],
)
def test_a_sentence_that_the_evidence_does_not_support_is_dropped(invented: str) -> None:
    answer = writing()
    reply = f"A refund takes five working days [1]. {invented} The label is free in the EU [1]."
    pieces = list(answer.pieces(ScriptedGenerator(reply)))
    assert said(pieces) == "A refund takes five working days. The label is free in the EU."
    check_citations(pieces, list(answer.passages))


def test_a_model_that_fails_leaves_the_quotes_and_a_note() -> None:
    answer = writing()
    pieces = list(answer.pieces(ScriptedGenerator(error=DOWN)))
    assert said(pieces) == said(list(writing().pieces(None)))
    assert (answer.mode, answer.notes) == (AnswerMode.EXTRACTIVE, (LLM_FAILED,))
    check_citations(pieces, list(answer.passages))


@pytest.mark.parametrize("reply", ["The moon is made of cheese [1].", "NO_ANSWER", "", "A refund takes 2 hours [1]."])
def test_a_model_without_a_supported_sentence_leaves_the_quotes_and_a_note(reply: str) -> None:
    answer = writing()
    pieces = list(answer.pieces(ScriptedGenerator(reply)))
    assert said(pieces) == said(list(writing().pieces(None)))
    assert (answer.mode, answer.notes) == (AnswerMode.EXTRACTIVE, (LLM_UNSUPPORTED,))


def test_of_a_reply_that_breaks_off_what_was_verified_stays() -> None:
    answer = writing()
    generator = ScriptedGenerator("A refund takes five working days [1]. The label is", error=DOWN)
    pieces = list(answer.pieces(generator))
    assert said(pieces) == "A refund takes five working days."
    assert (answer.mode, answer.notes) == (AnswerMode.GENERATED, (LLM_INTERRUPTED,))
    check_citations(pieces, list(answer.passages))


def test_a_reply_that_breaks_off_before_its_first_verified_sentence_has_failed() -> None:
    answer = writing()
    pieces = list(answer.pieces(ScriptedGenerator("A refund takes", error=DOWN)))
    assert said(pieces) == said(list(writing().pieces(None)))
    assert (answer.mode, answer.notes) == (AnswerMode.EXTRACTIVE, (LLM_FAILED,))


def test_an_error_that_trying_again_cannot_help_is_not_hidden() -> None:
    with pytest.raises(Misconfigured, match="no key"):
        list(writing().pieces(ScriptedGenerator(error=Misconfigured("There is no key."))))


def test_sentences_are_passed_on_while_the_model_still_writes() -> None:
    class Slow:
        model = "slow"
        written = 0

        def stream(self, prompt: Prompt) -> Iterator[str]:
            for sentence in ("A refund takes five working days [1]. ", "The label is free in the EU [1]. ", "Bye [1]."):
                self.written += 1
                yield sentence

    slow = Slow()
    first = next(iter(writing().pieces(slow)))
    assert first.text == "A refund takes five working days."
    assert slow.written < 3


def test_the_model_is_given_question_evidence_and_conversation() -> None:
    passages = [passage(REFUND)]
    generator = ScriptedGenerator("NO_ANSWER")
    history = asked("I sent the kettle back.")
    list(Writing(QUESTION, "en", passages, extract(QUESTION, "en", passages), history).pieces(generator))
    (prompt,) = generator.prompts
    for part in (QUESTION, REFUND, "I sent the kettle back."):
        assert part in prompt.user


def test_steps_that_the_model_writes_stand_on_lines_of_their_own() -> None:
    steps = "1. Dissolve citric acid.\n2. Boil the water.\n3. Rinse the kettle twice."
    answer = writing("How do I descale the kettle?", f"Descale the kettle.\n{steps}")
    reply = "1. Dissolve citric acid [1].\n2. Boil the water [1].\n3. Rinse the kettle twice [1]."
    assert said(list(answer.pieces(ScriptedGenerator(reply)))) == steps
