"""Arabic has marks of its own for questions, commas and semicolons: they end and part as those of others do."""

from __future__ import annotations

import pytest

from engine.answering.evidence import candidate_sentences
from engine.answering.handover.reasons import failures, said_reason
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason
from engine.domain.knowledge import DocumentKind
from engine.guard.promises.extraction import promises
from engine.languages.handover_cues import accepts, outrage
from tests.builders import passage

FAQ = "كم مدة الضمان؟\nمدة الضمان سنتان من تاريخ الشراء.\nهل يشمل البطارية؟"
QUESTIONS = {
    "ar": FAQ,
    "en": "How long is the warranty?\nThe warranty lasts two years.\nDoes it cover the battery?",
    "zh-Hans": "保修期多长？\n保修期为两年。\n电池也在内吗？",
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_of_the_knowledge_is_never_quoted_as_an_answer(language: str) -> None:
    found = candidate_sentences([passage(QUESTIONS[language], language=language, kind=DocumentKind.FAQ)])
    assert [each.text.strip() for each in found] == [QUESTIONS[language].split("\n")[1]]


def test_an_arabic_question_at_the_end_does_not_become_the_answer() -> None:
    (only,) = candidate_sentences([passage("مدة الضمان سنتان. هل تريد أن تعرف المزيد؟", language="ar")])
    assert only.text.strip() == "مدة الضمان سنتان."


@pytest.mark.parametrize(
    "text",
    [
        "نعم، من فضلك حوّلني",
        "نعم؛ رقم طلبي MV-1",
        "yes, order MV-1",
        "はい、お願いします",
        "네, 부탁드려요",
        "да, пожалуйста",
        "sí, por favor",
        "oui, merci",
        "ja, bitte",
        "sim, por favor",
        "好的，麻烦了",
        "vâng, được ạ",
        "ได้ครับ",
    ],
)
def test_a_yes_with_more_behind_a_comma_accepts_an_offer(text: str) -> None:
    offered = (Turn(Role.CUSTOMER, "?"), Turn(Role.ASSISTANT, "…", TurnAction.ABSTAIN))
    assert accepts(text)
    assert said_reason(text, offered) is HandoffReason.REQUESTED


@pytest.mark.parametrize(("first", "again"), [("أين طلبي؟", "أين طلبي"), ("أين طلبي", "أين طلبي؟"), ("在哪", "在哪？")])
def test_the_same_question_with_and_without_its_mark_is_the_same(first: str, again: str) -> None:
    history = (Turn(Role.CUSTOMER, first), Turn(Role.ASSISTANT, "نص لا يفيد."))
    assert failures(again, history) == 1
    assert failures("شكرا لكم جميعا", history) == 0


@pytest.mark.parametrize("marks", ["؟؟؟", "؟!؟", "? ? ?", "？？？", "!!"])
def test_a_row_of_marks_is_a_cry_in_any_script(marks: str) -> None:
    assert outrage(f"أين طلبي {marks}") == outrage("أين طلبي") + 1


def test_one_mark_is_only_a_question() -> None:
    assert outrage("أين طلبي؟") == outrage("أين طلبي")


def test_an_arabic_question_promises_nothing() -> None:
    assert promises("هل تريد استرداد المبلغ خلال 3 أيام؟") == ()
