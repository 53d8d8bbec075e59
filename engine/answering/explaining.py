"""Confidence taken apart into what it is made of."""

from __future__ import annotations

from dataclasses import asdict

from engine.answering.calibration import Standard
from engine.answering.confidence import MODELS, Judgement
from engine.domain.explanation import Feature, Sureness

__all__ = ["sureness"]


def sureness(judgement: Judgement, standard: Standard) -> Sureness:
    """Return a judgement with the value and weight of each signal, and what the knowledge base asks for."""
    model = MODELS[judgement.matter]
    values, weights = asdict(judgement.signals), asdict(model.coefficients)
    return Sureness(
        matter=judgement.matter.value,
        features=tuple(Feature(name, value, weights[name]) for name, value in values.items()),
        intercept=model.intercept,
        shipped=judgement.probability,
        confidence=standard.confidence(judgement.probability),
        needed=standard.needed,
    )
