"""Examples of suggestions and canned replies that the OpenAPI document shows; a test validates each."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.examples import CITATION

__all__ = [
    "CANNED",
    "CANNED_CALL",
    "CANNED_CHANGE",
    "JUDGED",
    "JUDGE_CALL",
    "SUGGESTION",
    "SUGGESTIONS",
    "SUGGESTIONS_CALL",
    "WARNING",
]

CANNED_CHANGE: Final[dict[str, JsonValue]] = {
    "shortcut": "parcel-late",
    "language": "en",
    "title": "My parcel is late",
    "text": "I am sorry that order {order_number} is late. I have asked the carrier and will write to you today.",
    "category": "delivery",
}
CANNED_CALL: Final[dict[str, JsonValue]] = {"knowledge_base": "support", **CANNED_CHANGE}
CANNED: Final[dict[str, JsonValue]] = {
    "id": "0b6f1f0e-6f0c-8f59-2f57-0c1b9a1d4c11",
    **CANNED_CALL,
    "used": 41,
    "accepted": 29,
}
SUGGESTIONS_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "turns": [{"role": "customer", "text": "Where is my parcel? It should have come on Monday."}],
    "group": "delivery",
}
SUGGESTION: Final[dict[str, JsonValue]] = {
    "id": "9d0c0f8e-3a86-4f0b-9d36-0f0f6f1b7a11.0",
    "kind": "canned",
    "title": "My parcel is late",
    "text": "I am sorry that order {order_number} is late. I have asked the carrier and will write to you today.",
    "language": "en",
    "confidence": 0.82,
    "reason": "Your canned reply “My parcel is late”; agents used 71% of it in 41 conversations",
    "evidence": [],
    "gaps": [{"name": "order_number", "span": {"start": 22, "end": 36}}],
    "options": [],
}
WARNING: Final[dict[str, JsonValue]] = {
    "kind": "promise_due",
    "message": "A promise falls due: we will write to you within 24 hours",
    "place": 1,
    "due": "2026-03-03T10:15:00Z",
    "citation": None,
}
SUGGESTIONS: Final[dict[str, JsonValue]] = {
    "id": "9d0c0f8e-3a86-4f0b-9d36-0f0f6f1b7a11",
    "language": "en",
    "question": "Where is my parcel? It should have come on Monday.",
    "items": [SUGGESTION, {**SUGGESTION, "kind": "knowledge", "gaps": [], "evidence": [CITATION]}],
    "warnings": [WARNING],
    "timings_ms": {"read": 1.2, "search": 9.8, "candidates": 12.4, "rank": 2.7, "remember": 0.9},
}
JUDGE_CALL: Final[dict[str, JsonValue]] = {
    "verdict": "edited",
    "sent_text": "I am sorry that order MV-2026-118420 is late. I have asked the carrier.",
}
JUDGED: Final[dict[str, JsonValue]] = {
    "suggestion_id": "9d0c0f8e-3a86-4f0b-9d36-0f0f6f1b7a11.0",
    "kind": "canned",
    "verdict": "edited",
    "distance": 0.44,
}
