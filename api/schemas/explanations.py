"""How a question is answered, stage by stage."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.answers import QuestionIn, QuestionOut
from api.schemas.base import Model
from api.schemas.examples import PASSAGE, SEARCH_CALL
from api.schemas.search import PassageOut

__all__ = ["ExplainIn", "ExplanationOut", "FeatureOut", "SurenessOut"]

CALL: Final[dict[str, JsonValue]] = {"knowledge_base": "support", "question": SEARCH_CALL["query"]}


class ExplainIn(QuestionIn):
    """A question whose way to an answer is to be shown."""

    model_config = ConfigDict(json_schema_extra={"examples": [CALL]})


class FeatureOut(Model):
    """One of the numbers that confidence is made of; it adds `value * weight` to the log-odds."""

    name: str
    value: float
    weight: float


class SurenessOut(Model):
    """How sure the engine is of what it would quote."""

    matter: str = Field(description="Which model judged: by question, language and kind of text.")
    features: tuple[FeatureOut, ...]
    intercept: float = Field(description="Log-odds before any feature.")
    shipped: float = Field(description="Probability that the model gives, 0..1.")
    confidence: float = Field(description="The same after the knowledge base's own calibration.")
    needed: float = Field(description="What an answer takes.")


class ExplanationOut(Model):
    """What each stage made of a question; `POST /v1/answer` says what comes of it."""

    question: QuestionOut
    translated: str = Field(description="The question in the knowledge base's language; empty if not translated.")
    passages: tuple[PassageOut, ...] = Field(description="Best first, with ranks, scores and highlights.")
    sureness: SurenessOut
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": {"text": CALL["question"], "standalone": CALL["question"], "language": "en"},
                    "translated": "",
                    "passages": [PASSAGE],
                    "sureness": {
                        "matter": "headed",
                        "features": [{"name": "passage", "value": 0.8, "weight": 1.412}],
                        "intercept": -3.903,
                        "shipped": 0.81,
                        "confidence": 0.84,
                        "needed": 0.52,
                    },
                    "timings_ms": {"language": 0.1, "search": 4.2},
                }
            ]
        }
    )
