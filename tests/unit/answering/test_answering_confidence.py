"""How sure an answer is: the signals, and what they add up to."""

from __future__ import annotations

import math
from dataclasses import astuple, fields, replace

import pytest

from engine.answering.confidence import COEFFICIENTS, INTERCEPT, Signals, confidence, signals
from engine.domain.search import Passage
from tests.builders import passage

NAMES = [each.name for each in fields(Signals)]


def every(value: float) -> Signals:
    """Return signals that all have one value."""
    return Signals(**dict.fromkeys(NAMES, value))


NOTHING = every(0.0)


def measured(question: str, *passages: Passage, language: str = "en", sentence: float = 0.0) -> Signals:
    return signals(question, language, passages, sentence_coverage=sentence)


def test_without_passages_every_signal_is_zero() -> None:
    assert measured("Is there a warranty?", sentence=0.9) == NOTHING


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("battery warranty", "The battery has a warranty of one year.", "en"),
        ("电池保修", "电池保修一年。", "zh-Hans"),
        ("電池保固", "電池保固一年。", "zh-Hant"),
        ("電池の保証", "電池の保証は1年です。", "ja"),
    ],
)
def test_the_passage_signal_is_the_share_of_the_question_in_the_best_passage(
    question: str, text: str, language: str
) -> None:
    right, wrong = passage(text, language=language), passage("E12", title="", language=language)
    assert measured(question, right, wrong, language=language).passage == pytest.approx(1.0)
    assert measured(question, wrong, right, language=language).passage == 0.0


def test_title_and_section_belong_to_the_passage() -> None:
    bare = measured("battery warranty", passage("One year.", title="Guide")).passage
    titled = measured("battery warranty", passage("One year.", title="Warranty")).passage
    whole = measured("battery warranty", passage("One year.", title="Warranty", section=("Batteries",))).passage
    assert bare < titled < whole


def test_the_sentence_signal_is_what_extraction_found() -> None:
    assert measured("warranty", passage("Two years."), sentence=0.4).sentence == 0.4


def test_the_lead_grows_with_the_distance_to_the_next_passages() -> None:
    def lead(best: float) -> float:
        return measured("warranty", passage("A.", score=best), passage("B.", score=5.0), passage("C.", score=4.0)).lead

    assert lead(20.0) > lead(10.0) > lead(5.5) > 0.0


def test_passages_that_score_alike_give_no_lead() -> None:
    assert measured("warranty", *(passage("A.", score=7.0) for _ in range(6))).lead == pytest.approx(0.0)


def test_a_passage_alone_has_nothing_to_lead() -> None:
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
    assert all(math.isfinite(value) and value >= 0 for value in astuple(found))


def test_a_question_without_terms_is_measured_too() -> None:
    assert measured("🧺", passage("A.")).passage == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_each_signal_raises_the_confidence(name: str) -> None:
    middle = every(0.5)
    low, high = (confidence(replace(middle, **{name: value})) for value in (0.1, 0.9))
    assert low < confidence(middle) < high


@pytest.mark.parametrize("value", [0.0, 1.0, 1e9, -1e9])
def test_confidence_is_a_probability(value: float) -> None:
    assert 0.0 <= confidence(every(value)) <= 1.0


def test_without_evidence_one_is_rather_unsure_and_with_all_of_it_rather_sure() -> None:
    assert confidence(NOTHING) < 0.2
    assert confidence(replace(every(1.0), strength=2.0)) > 0.6


def test_confidence_is_the_logistic_model_of_the_signals() -> None:
    found = replace(every(0.3), passage=0.4)
    logit = INTERCEPT + sum(a * b for a, b in zip(astuple(COEFFICIENTS), astuple(found), strict=True))
    assert math.log(confidence(found) / (1 - confidence(found))) == pytest.approx(logit)


def test_a_matching_passage_makes_surer_than_a_strange_one() -> None:
    question = "How long is the battery warranty?"
    right = passage("The battery warranty is one year.", score=15.0, bm25=12.0)
    wrong = passage("Rinse the tank.", score=1.0, bm25=0.5)
    assert confidence(measured(question, right, wrong, sentence=0.9)) > confidence(
        measured(question, wrong, wrong, sentence=0.1)
    )
