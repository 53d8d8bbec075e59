from __future__ import annotations

from dataclasses import fields

import pytest

from engine.answering.calibration import Standard
from engine.answering.confidence import MODELS, Judgement, Matter, confidence
from engine.answering.explaining import sureness
from engine.answering.neighbours import Neighbours
from engine.answering.signals import Signals


def test_every_signal_is_told_with_its_weight() -> None:
    found = Signals(passage=0.5, late=0.1)
    told = sureness(Judgement(Matter.HEADED, found), Standard(0.4))
    assert [each.name for each in told.features] == [each.name for each in fields(Signals)]
    odds = told.intercept + sum(each.value * each.weight for each in told.features)
    assert odds == pytest.approx(MODELS[Matter.HEADED].score(found))
    assert (told.matter, told.needed) == ("headed", 0.4)
    assert told.shipped == told.confidence == confidence(found, Matter.HEADED)


def test_wordings_of_one_question_have_signals_of_their_own() -> None:
    told = sureness(Judgement(Matter.WORDINGS, Neighbours(near=0.9)), Standard(0.5))
    assert {each.name: each.value for each in told.features} == {"near": 0.9, "agreement": 0.0, "union": 0.0}
