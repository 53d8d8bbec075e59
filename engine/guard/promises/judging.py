"""Put the outcome of a comparison into the form that callers see."""

from __future__ import annotations

from engine.answering.compose import citation
from engine.answering.extract import Quote
from engine.domain.check import PromiseVerdict
from engine.guard.promises.comparing import Standing
from engine.guard.promises.extraction import Promise

__all__ = ["verdict_of"]


def verdict_of(promise: Promise, standing: Standing) -> PromiseVerdict:
    """Return the verdict on a promise with the passage that it was held against."""
    ground = standing.ground
    return PromiseVerdict(
        span=promise.span,
        matter=promise.matter,
        due=tuple(quantity.value for quantity in promise.times),
        amounts=tuple(quantity.value for quantity in promise.amounts),
        standing=standing.standing,
        citation=citation(ground.passage, Quote(0, ground.span, ground.text), promise.span) if ground else None,
    )
