"""How sure an answer is: the signals, and what they add up to."""

from __future__ import annotations

import math
from dataclasses import astuple, fields, replace

import pytest

from engine.answering.confidence import ACROSS, TYPICAL_LATE, WITHIN, Model, Signals, confidence, model_for, signals
from engine.answering.extract import Extraction
from engine.domain.search import Passage
from tests.builders import passage

NAMES = [each.name for each in fields(Signals)]


def every(value: float) -> Signals:
    """Return signals that all have one value."""
    return Signals(**dict.fromkeys(NAMES, value))


NOTHING = every(0.0)


MODELS = {"within": WITHIN, "across": ACROSS}


def measured(question: str, *passages: Passage, language: str = "en", sentence: float = 0.0) -> Signals:
    return signals(question, language, passages, Extraction((), coverage=sentence, late=sentence / 2))


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
    found = measured("warranty", passage("Two years."), sentence=0.4)
    assert found.sentence == 0.4
    assert found.quote == pytest.approx(0.2 - TYPICAL_LATE)


def test_the_late_signal_is_what_the_reranker_made_of_the_best_passage() -> None:
    judged = replace(passage("A."), scores={"late": 0.7})
    assert measured("warranty", judged, passage("B.")).late == pytest.approx(0.7 - TYPICAL_LATE)
    assert measured("warranty", passage("B."), judged).late == 0.0


def test_without_a_reranker_its_signals_say_nothing() -> None:
    found = signals("warranty", "en", [passage("Two years.")], Extraction((), coverage=0.4))
    assert (found.late, found.quote) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "best", "model"),
    [
        ("en", "en-GB", "within"),
        ("zh-Hans", "zh-Hant", "within"),
        ("ja", "zh-Hans", "across"),
        ("de", "en", "across"),
        ("en", "zh-Hant", "across"),
    ],
)
def test_an_answer_in_another_language_is_judged_by_a_model_of_its_own(question: str, best: str, model: str) -> None:
    judged = replace(passage("A.", language=best), scores={"late": 0.5})
    assert model_for(question, [judged, passage("B.")]) is MODELS[model]


def test_without_a_reranker_nothing_is_known_of_another_language() -> None:
    assert model_for("de", [passage("A.", language="en")]) is WITHIN


def test_nothing_found_is_judged_as_in_one_language() -> None:
    assert model_for("en", []) is WITHIN


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
    assert all(math.isfinite(value) for value in astuple(found))
    assert found.lead >= 0


def test_a_question_without_terms_is_measured_too() -> None:
    assert measured("🧺", passage("A.")).passage == 0.0


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_no_signal_lowers_the_confidence(name: str, model: Model) -> None:
    low, middle, high = (confidence(replace(every(0.5), **{name: value}), model) for value in (0.1, 0.5, 0.9))
    counts = getattr(model.coefficients, name) > 0
    assert low < middle < high if counts else low == middle == high


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_more_than_half_of_the_signals_count(model: Model) -> None:
    assert sum(value > 0 for value in astuple(model.coefficients)) > len(NAMES) / 2


@pytest.mark.parametrize("value", [0.0, 1.0, 1e9, -1e9])
def test_confidence_is_a_probability(value: float) -> None:
    assert 0.0 <= confidence(every(value)) <= 1.0


def test_without_evidence_one_is_rather_unsure_and_with_all_of_it_rather_sure() -> None:
    assert confidence(NOTHING) < 0.2
    assert confidence(replace(every(1.0), strength=2.0)) > 0.6


def test_confidence_is_the_logistic_model_of_the_signals() -> None:
    found = replace(every(0.3), passage=0.4)
    weighed = zip(astuple(WITHIN.coefficients), astuple(found), strict=True)
    logit = WITHIN.intercept + sum(a * b for a, b in weighed)
    assert math.log(confidence(found) / (1 - confidence(found))) == pytest.approx(logit)


def test_a_matching_passage_makes_surer_than_a_strange_one() -> None:
    question = "How long is the battery warranty?"
    right = passage("The battery warranty is one year.", score=15.0, bm25=12.0)
    wrong = passage("Rinse the tank.", score=1.0, bm25=0.5)
    assert confidence(measured(question, right, wrong, sentence=0.9)) > confidence(
        measured(question, wrong, wrong, sentence=0.1)
    )
