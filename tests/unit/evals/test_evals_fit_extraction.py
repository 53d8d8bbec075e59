"""Fitting what speaks for a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from engine.answering.extract import ExtractOptions
from engine.answering.sentence_features import SentenceFeatures
from engine.domain.search import SearchResult
from evals.fit_extraction import Competition, Found, competition, fitted, measured
from tests.builders import passage

TEXT = "The kettle is white. Its hinge is made of steel. It was sold in 2021."


def found(question: str, *answers: str, text: str = TEXT) -> Found:
    return Found(answers, SearchResult(question, "en", (passage(text),)))


def test_sentences_that_hold_the_answer_or_are_part_of_it_should_win() -> None:
    held = competition(found("What is the hinge made of?", "steel"))
    part = competition(found("What is it?", "Its hinge is made of steel. It was sold in 2021."))
    assert held is not None
    assert part is not None
    assert held.winners.tolist() == [False, True, False]
    assert part.winners.tolist() == [False, True, True]
    assert held.features.shape == (3, len(SentenceFeatures._fields))


@pytest.mark.parametrize("answer", ["copper", "", "i"])
def test_where_nobody_or_everybody_wins_there_is_no_competition(answer: str) -> None:
    assert competition(found("What is it?", answer)) is None


def test_the_feature_that_tells_winners_apart_gets_the_weight() -> None:
    random = np.random.default_rng(7)
    size = len(SentenceFeatures._fields)
    rows = []
    for _ in range(60):
        features = random.random((5, size))
        winners = np.zeros(5, dtype=bool)
        winners[int(features[:, SentenceFeatures._fields.index("beyond")].argmax())] = True
        rows.append(Competition(features, winners))
    weights = fitted(rows)
    others = [abs(weight) for name, weight in weights._asdict().items() if name != "beyond"]
    assert weights.beyond > 3 * max(others)


def test_answers_are_measured_as_they_would_be_given() -> None:
    asked = [found("What is the hinge made of?", "steel"), found("What is the hinge made of?", "copper")]
    one = measured(asked, ExtractOptions(max_sentences=1))
    assert (one.containment, one.quotes) == (0.5, 1.0)
    assert one.characters == len("Its hinge is made of steel.")
    every = measured(asked, ExtractOptions(max_sentences=3, second_within=100.0))
    assert every.quotes == 3.0
