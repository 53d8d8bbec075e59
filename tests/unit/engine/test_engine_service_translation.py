"""A question in a language that nothing is written in, with a language model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain.answer import AnswerMode
from engine.errors import BackendFailed
from engine.ports import Prompt
from tests.unit.engine.desk import Desk, open_desk, page

QUESTION = "배터리 보증 기간은 얼마나 되나요?"


class Translator:
    """A model that translates, and has nothing else to say."""

    model = "translator"

    def __init__(self, translation: str) -> None:
        self.translation = translation
        self.asked = 0

    def stream(self, prompt: Prompt) -> Iterator[str]:
        if not prompt.system.startswith("You translate"):
            raise BackendFailed("The language model is down.")
        self.asked += 1
        yield self.translation


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        opened.add(
            page("warranty", "The warranty period of a battery is one year.", title="Warranty"),
            page("delivery", "A parcel arrives within three days.", title="Delivery"),
        )
        yield opened


def test_a_translated_query_finds_what_words_alone_cannot(desk: Desk) -> None:
    model = Translator("How long is the warranty period of a battery?")
    answer = desk.with_model(model).ask(QUESTION)
    assert answer.text is not None
    assert answer.text.text == "The warranty period of a battery is one year."
    assert (answer.text.mode, answer.text.language) == (AnswerMode.EXTRACTIVE, "en")
    assert answer.text.lead_in == "이 내용은 English 자료로만 제공됩니다."
    assert (answer.question.standalone, answer.question.language) == (QUESTION, "ko")
    assert "translate" in answer.timings_ms


@pytest.mark.parametrize("translation", ["", "36 months?", QUESTION])
def test_without_a_translation_the_question_is_searched_as_it_is(desk: Desk, translation: str) -> None:
    alone, with_model = desk.ask(QUESTION), desk.with_model(Translator(translation)).ask(QUESTION)
    assert with_model.citations == alone.citations
    assert with_model.confidence == alone.confidence


def test_nothing_is_translated_where_something_is_written_in_the_language(desk: Desk) -> None:
    model = Translator("How long is the warranty?")
    desk.with_model(model).ask("How long is the warranty period?")
    desk.add(page("ko", "택배는 3일 안에 도착합니다.", language="ko"))
    desk.with_model(model).ask(QUESTION)
    assert model.asked == 0
