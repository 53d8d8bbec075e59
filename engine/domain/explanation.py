"""How a question is answered, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.answer import Question
from engine.domain.search import Passage

__all__ = ["Explanation", "Feature", "Sureness"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the numbers that confidence is made of; it adds `value * weight` to the log-odds."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the engine is of what it would quote.

    `matter` names the model, see `engine.answering.confidence.Matter`; `shipped` is its probability, `confidence` that
    after the knowledge base's own calibration, `needed` what an answer takes; all 0..1.
    """

    matter: str
    features: tuple[Feature, ...]
    intercept: float
    shipped: float
    confidence: float
    needed: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each stage made of a question.

    `translated` is the question in the language of the knowledge base, empty if it was not translated. `passages` come
    with their ranks, scores and highlights, best first.
    """

    question: Question
    translated: str
    passages: tuple[Passage, ...]
    sureness: Sureness
    timings_ms: dict[str, float] = field(default_factory=dict)
