"""Examples of drafts that the OpenAPI document shows; a test validates each."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.check_examples import CHECK
from api.schemas.examples import CITATION

__all__ = ["DRAFT", "DRAFT_CALL"]

GREETING: Final = "Hello,"
EMPATHY: Final = "I'm sorry that this isn't what you hoped for."
ANSWER: Final = "You may return unused goods within 30 days of delivery."
ASK: Final = "I need one more thing from you: Could you tell me your order number?"
TEXT: Final = "\n".join((GREETING, EMPATHY, ANSWER, ASK))


def _span(part: str) -> dict[str, JsonValue]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part)}


DRAFT_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "turns": [{"role": "customer", "text": "The kettle is too loud, I want to send it back."}],
    "facts": {"customer_name": "Lena Fischer"},
    "tone": "friendly",
    "channel": "chat",
}
DRAFT: Final[dict[str, JsonValue]] = {
    "text": TEXT,
    "language": "en",
    "tone": "friendly",
    "channel": "chat",
    "mode": "composed",
    "question": "The kettle is too loud, I want to send it back.",
    "confidence": 0.71,
    "limit": 1500,
    "sections": [
        {"part": "greeting", "span": _span(GREETING)},
        {"part": "empathy", "span": _span(EMPATHY)},
        {"part": "answer", "span": _span(ANSWER)},
        {"part": "next", "span": _span(ASK)},
    ],
    "citations": [{**CITATION, "quote": ANSWER, "answer_span": _span(ANSWER)}],
    "missing": [{"name": "order_number", "span": _span(ASK), "question": "Could you tell me your order number?"}],
    "warnings": [],
    "check": CHECK,
    "notes": [],
    "timings_ms": {"read": 1.2, "evidence": 14.8, "check": 21.3},
}
