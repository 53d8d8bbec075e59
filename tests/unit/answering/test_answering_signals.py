"""The signals that tell a passage with the answer from the best of the rest."""

from __future__ import annotations

import math
from dataclasses import astuple, replace

import pytest

from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.extract import Extraction, Quote
from engine.answering.signals import CONTEXT_UNIT, TYPICAL_COSINE, TYPICAL_LATE, Signals, signals
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from tests.builders import passage


def measured(question: str, *passages: Passage, language: str = "en", quote: str = "") -> Signals:
    quotes = (Quote(0, Span(0, len(quote)), quote),) if quote else ()
    return signals(question, language, passages, Extraction(quotes))


def scored(text: str, document: str = "help", **scores: float) -> Passage:
    return replace(passage(text, document=document), scores=scores)


def test_without_passages_every_signal_is_zero() -> None:
    assert measured("Is there a warranty?", quote="warranty") == Signals()


CASES = [
    ("battery warranty", "The battery has a warranty of one year.", "en"),
    ("电池保修", "电池保修一年。", "zh-Hans"),
    ("電池保固", "電池保固一年。", "zh-Hant"),
    ("電池の保証", "電池の保証は1年です。", "ja"),
]


@pytest.mark.parametrize(("question", "text", "language"), CASES)
def test_the_passage_signal_is_the_share_of_the_question_in_the_best_passage(
    question: str, text: str, language: str
) -> None:
    right, wrong = passage(text, language=language), passage("E12", title="", language=language)
    assert measured(question, right, wrong, language=language).passage == pytest.approx(1.0)
    assert measured(question, wrong, right, language=language).passage == 0.0


@pytest.mark.parametrize(
    ("question", "texts", "language"),
    [
        ("E4 错误代码 R3", ["R3 显示错误 E4。", "R33 的代码", "E 4"], "zh-Hans"),
        ("MV-2026-004512 在哪里", ["订单 MV-2026-004512 已出货", "MV-2026-0045123", "订单"], "zh-Hans"),
        ("R3のモップ", ["r3 のモップは後付けできません", "R35のモップ"], "ja"),
        ("ส่งคืนสินค้า", ["การส่งคืนสินค้า", "อื่น"], "th"),
        ("returning the kettles", ["return a kettle", "kettle"], "en"),
    ],
)
def test_looking_terms_up_finds_what_splitting_the_text_finds(question: str, texts: list[str], language: str) -> None:
    bags = [term_set(text, language) for text in texts]
    expected = QuestionTerms.among(question, language, bags).coverage(bags[0])
    passages = [passage(text, title="", language=language) for text in texts]
    assert measured(question, *passages, language=language).passage == pytest.approx(expected)


def test_title_and_section_belong_to_the_passage() -> None:
    bare = measured("battery warranty", passage("One year.", title="Guide")).passage
    titled = measured("battery warranty", passage("One year.", title="Warranty")).passage
    whole = measured("battery warranty", passage("One year.", title="Warranty", section=("Batteries",))).passage
    assert bare < titled < whole


def test_closeness_and_pairs_are_those_of_the_quotes() -> None:
    text = "The battery warranty is one year."
    found, other = (measured("battery warranty", passage(text), quote=quote) for quote in (text, "One year."))
    assert found.close == pytest.approx(1.0)
    assert found.pairs == 1.0
    assert (other.close, other.pairs) == (0.0, 0.0)


def test_the_scores_of_the_best_passage_are_signals() -> None:
    found = measured("warranty", scored("A.", late=0.7, dense=0.9), scored("B.", late=0.8, dense=1.0))
    assert found.late == pytest.approx(0.7 - TYPICAL_LATE)
    assert found.cosine == pytest.approx(0.9 - TYPICAL_COSINE)


def test_scores_that_are_not_known_say_nothing() -> None:
    found = measured("warranty", passage("A."), scored("B.", late=0.8, dense=1.0))
    assert (found.late, found.cosine) == (0.0, 0.0)


def test_the_gap_is_measured_to_another_document() -> None:
    best, sibling, other = scored("A.", context=12.0), scored("B.", context=11.0), scored("C.", "faq", context=4.0)
    assert measured("warranty", best, sibling, other).gap == pytest.approx(8.0 / CONTEXT_UNIT)
    assert measured("warranty", best, sibling).gap == 0.0
    assert measured("warranty", other, best).gap == pytest.approx(-8.0 / CONTEXT_UNIT)


def test_the_lead_grows_with_the_distance_to_the_next_passages() -> None:
    def lead(best: float) -> float:
        return measured("warranty", passage("A.", score=best), passage("B.", score=5.0), passage("C.", score=4.0)).lead

    assert lead(20.0) > lead(10.0) > lead(5.5) > 0.0


def test_passages_that_score_alike_give_no_lead_nor_does_one_alone() -> None:
    assert measured("warranty", *(passage("A.", score=7.0) for _ in range(6))).lead == pytest.approx(0.0)
    assert measured("warranty", passage("A.", score=50.0)).lead == 0.0


def test_strength_grows_with_bm25_and_shrinks_with_the_length_of_the_question() -> None:
    weak, strong = passage("A.", bm25=2.0), passage("A.", bm25=20.0)
    assert measured("warranty", strong).strength > measured("warranty", weak).strength > 0.0
    long = "battery warranty registration invoice hinge voltage"
    assert measured(long, strong).strength < measured("warranty", strong).strength


@pytest.mark.parametrize("bm25", [None, 0.0])
def test_a_passage_that_shares_no_term_has_no_strength(bm25: float | None) -> None:
    assert measured("warranty", passage("A.", bm25=bm25, cosine=0.9)).strength == 0.0


@pytest.mark.parametrize("scores", [(0.0, 0.0), (-5.0,), (-1.0, -1.0), (3.0, -2.0), (-0.5, -3.0), (-3.0, -0.5)])
def test_scores_at_or_below_zero_are_measured_too(scores: tuple[float, ...]) -> None:
    """Fused scores may be negative: a cosine can be."""
    found = measured("warranty", *(passage("A.", score=score) for score in scores))
    assert all(math.isfinite(value) for value in astuple(found))
    assert found.lead >= 0


def test_a_question_without_terms_is_measured_too() -> None:
    assert measured("🧺", passage("A.")).passage == 0.0
