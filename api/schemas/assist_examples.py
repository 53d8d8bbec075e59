"""Examples of the assist calls that the OpenAPI document shows; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = [
    "INTENT",
    "INTENTS",
    "INTENT_CALL",
    "MOOD",
    "SENTIMENT",
    "SENTIMENT_CALL",
    "TRIAGE",
    "TRIAGE_CALL",
    "TURN_MOOD",
]

MOOD: Final[dict[str, JsonValue]] = {
    "polarity": "negative",
    "emotion": "disappointment",
    "level": 2,
    "confidence": 0.94,
    "cues": [{"kind": "regret", "span": {"start": 0, "end": 13}}],
}
TURN_MOOD: Final[dict[str, JsonValue]] = {"place": 0, "role": "customer", "language": "en", "mood": MOOD}
SENTIMENT_CALL: Final[dict[str, JsonValue]] = {
    "turns": [{"role": "customer", "text": "Unfortunately the second kettle leaks as well."}]
}
SENTIMENT: Final[dict[str, JsonValue]] = {
    "turns": [TURN_MOOD],
    "overall": {**MOOD, "cues": []},
    "trend": "steady",
    "slope": 0.0,
    "alarm": None,
    "alarm_place": None,
}
INTENT_CALL: Final[dict[str, JsonValue]] = {
    "examples": ["I'd like to send back the kettle", "我想退货", "返品したいです"],
    "description": "Send something back and how",
    "category": "return",
    "queue": "returns",
    "priority": "normal",
    "required": ["order_number"],
}
INTENT: Final[dict[str, JsonValue]] = {"id": "return_item", **INTENT_CALL}
INTENTS: Final[dict[str, JsonValue]] = {"items": [INTENT], "revision": 1}
TRIAGE_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "text": "I want to send back my kettle, it has to be gone by Friday",
    "tier": "preferred",
}
_FOUND: Final[dict[str, JsonValue]] = {"id": "return_item", "probability": 0.91, "span": {"start": 0, "end": 58}}
TRIAGE: Final[dict[str, JsonValue]] = {
    "language": "en",
    "intents": [_FOUND],
    "none_probability": 0.04,
    "candidates": [_FOUND],
    "category": "return",
    "queue": "returns",
    "priority": "urgent",
    "reasons": ["deadline", "tier"],
    "entities": [],
    "missing": [{"kind": "order_number", "question": "Could you tell me your order number?"}],
    "mood": {"polarity": "neutral", "emotion": "neutral", "level": 3, "confidence": 0.8, "cues": []},
}
