"""How sure an answer is: models of the signals, scales, and which of them judges what."""

from __future__ import annotations

import math
from dataclasses import astuple, fields, replace

import pytest

from engine.answering.confidence import MODELS, SCALES, Matter, Model, Scale, confidence, estimate, matter_of
from engine.answering.extract import Extraction, Quote
from engine.answering.neighbours import Neighbours, neighbours
from engine.answering.signals import Signals, signals
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from tests.builders import passage

EVERY = {matter: (type(model.coefficients), model) for matter, model in MODELS.items()}


def every(kind: type[Signals | Neighbours], value: float) -> Signals | Neighbours:
    """Return signals that all have one value."""
    return kind(**dict.fromkeys((each.name for each in fields(kind)), value))


def judged(text: str, language: str, *, late: float | None = 0.5, section: tuple[str, ...] = ()) -> Passage:
    found = passage(text, language=language, section=section)
    return found if late is None else replace(found, scores={"late": late})


@pytest.mark.parametrize(
    ("question", "best", "expected"),
    [
        ("en", judged("A.", "en-GB"), Matter.PLAIN),
        ("ko", judged("A.", "ko"), Matter.PLAIN),
        ("zh-Hans", judged("A.", "zh-Hant"), Matter.CHINESE),
        ("ja", judged("A.", "ja"), Matter.JAPANESE),
        ("ja", judged("A.", "zh-Hans"), Matter.ACROSS),
        ("de", judged("A.", "en"), Matter.ACROSS),
        ("en", judged("A.", "zh-Hant", section=("退货",)), Matter.ACROSS),
        ("zh-Hant", judged("A.", "zh-Hant", section=("退貨",)), Matter.HEADED),
        ("en", judged("A.", "en", section=("Returns",)), Matter.HEADED),
        ("de", judged("A.", "en", late=None), Matter.PLAIN),
    ],
)
def test_what_is_judged_depends_on_language_and_headings(question: str, best: Passage, expected: Matter) -> None:
    assert matter_of(question, [best, passage("B.")]) is expected


def test_nothing_found_is_judged_as_plain_text() -> None:
    assert matter_of("zh", []) is Matter.PLAIN


@pytest.mark.parametrize("matter", Matter)
def test_no_signal_lowers_the_confidence(matter: Matter) -> None:
    kind, model = EVERY[matter]
    for name, weight in zip((each.name for each in fields(kind)), astuple(model.coefficients), strict=True):
        even = dict.fromkeys((each.name for each in fields(kind)), 0.5)
        low, high = (confidence(kind(**{**even, name: value}), matter) for value in (0.1, 0.9))
        assert low < high if weight > 0 else low == high


@pytest.mark.parametrize("matter", Matter)
def test_confidence_is_a_probability_below_the_ceiling(matter: Matter) -> None:
    kind, _ = EVERY[matter]
    for value in (0.0, 1.0, 1e9, -1e9):
        assert 0.0 <= confidence(every(kind, value), matter) <= SCALES[matter].ceiling <= 1.0


@pytest.mark.parametrize("matter", Matter)
def test_with_little_evidence_one_is_rather_unsure_and_with_all_of_it_rather_sure(matter: Matter) -> None:
    kind, _ = EVERY[matter]
    assert confidence(every(kind, -0.2), matter) < 0.3
    assert confidence(every(kind, 1.0), matter) > 0.6


def test_a_score_is_the_weighed_sum_of_the_signals() -> None:
    model = Model(-1.0, Neighbours(near=2.0, agreement=3.0, union=4.0))
    assert model.score(Neighbours(near=0.5, agreement=0.1, union=0.25)) == pytest.approx(-1 + 1 + 0.3 + 1)


def test_a_scale_is_a_logistic_function_with_a_ceiling() -> None:
    scale = Scale(slope=2.0, intercept=-1.0, ceiling=0.8)
    assert scale.probability(0.5) == pytest.approx(0.4)
    assert scale.probability(1.5) == pytest.approx(0.8 / (1 + math.exp(-2)))
    assert scale.probability(100.0) == pytest.approx(0.8)


def test_the_estimate_is_the_confidence_of_what_is_measured() -> None:
    question, found = "battery warranty", [judged("The battery warranty is one year.", "en"), passage("B.")]
    extraction = Extraction((Quote(0, Span(0, 33), found[0].text),))
    expected = confidence(signals(question, "en", found, extraction), Matter.PLAIN)
    assert estimate(question, "en", found, extraction) == expected


def test_entries_with_one_answer_are_judged_together() -> None:
    entries = [
        passage(f"{said}\n\nTrack it.", section=(said,), cosine=0.8, kind=DocumentKind.FAQ)
        for said in ("where is my parcel", "parcel not here")
    ]
    measured = neighbours("my parcel", entries, None)
    assert measured is not None
    assert estimate("my parcel", "en", entries, Extraction(())) == confidence(measured, Matter.WORDINGS)


def test_a_matching_passage_makes_surer_than_a_strange_one() -> None:
    question = "How long is the battery warranty?"
    right = passage("The battery warranty is one year.", score=15.0, bm25=12.0)
    wrong = passage("Rinse the tank.", score=1.0, bm25=0.5)

    def sure(best: Passage) -> float:
        return estimate(question, "en", [best, wrong], Extraction((Quote(0, best.span, best.text),)))

    assert sure(right) > sure(wrong)
