"""FAQ entries that are given as they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.answering.canned import MAX_CHARS, canned_answer
from engine.domain.knowledge import DocumentKind
from tests.builders import passage, quoted

ANSWER = "PayPal.\n\nMeans: LINE Pay; Where: Taiwan\nMeans: invoice; Where: companies only\n\n- no cash\n- no gold"
ENTRY = passage(
    f"Which means of payment can I use?\n\n{ANSWER}",
    section=("Payment", "Which means of payment can I use?"),
    kind=DocumentKind.FAQ,
    start=200,
)
LIST = passage(
    "Payment\n\nWhen is my card charged?\nWhen you place the order.\n\nCan I pay the E12 part by invoice?\nYes.\n",
    kind=DocumentKind.FAQ,
)
JAPANESE = passage(
    "請求書はいつ届きますか？\n発送の日に届きます。", kind=DocumentKind.FAQ, language="ja", document="ja"
)


@pytest.mark.parametrize(
    "question",
    ["Which means of payment can I use?", "which means of payment can i use", "What means of payment can I use??"],
)
def test_the_same_question_gets_the_whole_answer_as_it_stands(question: str) -> None:
    found = canned_answer(question, "en", [LIST, ENTRY])
    assert found is not None
    (quote,) = found.quotes
    assert (quote.passage, quote.text) == (1, ANSWER)
    assert quoted(ENTRY, quote.span) == ANSWER


def test_questions_listed_in_one_passage_are_told_apart() -> None:
    found = canned_answer("When is my card charged?", "en", [LIST])
    assert found is not None
    assert found.quotes[0].text == "When you place the order."
    last = canned_answer("Can I pay the E12 part by invoice?", "en", [LIST])
    assert last is not None
    assert last.quotes[0].text == "Yes."


@pytest.mark.parametrize(
    "question",
    [
        "Can I pay the E14 part by invoice?",
        "Can I pay by invoice?",
        "Why is my card charged?",
        "When is my card charged twice although I cancelled?",
        "Payment",
        "",
    ],
)
def test_other_questions_get_no_entry(question: str) -> None:
    assert canned_answer(question, "en", [LIST, ENTRY]) is None


def test_another_language_finds_its_own_entries_only() -> None:
    found = canned_answer("請求書はいつ届きますか", "ja", [LIST, JAPANESE])
    assert found is not None
    assert found.quotes[0].text == "発送の日に届きます。"
    assert canned_answer("請求書はいつ届きますか", "en", [LIST, JAPANESE]) is None


def test_only_faqs_near_the_top_are_curated() -> None:
    question = "When is my card charged?"
    assert canned_answer(question, "en", [replace(LIST, kind=DocumentKind.CASE)]) is None
    others = [passage("Text.", document=f"d{number}") for number in range(3)]
    assert canned_answer(question, "en", [*others, LIST]) is None


def test_an_endless_or_empty_answer_is_not_canned() -> None:
    question = "When is my card charged?"
    assert (
        canned_answer(question, "en", [passage(f"{question}\n{'x' * (MAX_CHARS + 1)}", kind=DocumentKind.FAQ)]) is None
    )
    assert canned_answer(question, "en", [passage(f"{question}\n\n", kind=DocumentKind.FAQ)]) is None
