"""Examples of checks that the OpenAPI document shows; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.examples import CITATION, QUOTE

__all__ = ["CHECK", "CHECK_CALL", "FINDING", "LISTED", "PROMISE", "WORDS"]

REPLY: Final = "You may return it within 60 days. We guarantee it."

CHECK_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "text": REPLY,
    "agent_language": "en",
    "packs": ["general", "e-commerce"],
}
FINDING: Final[dict[str, JsonValue]] = {
    "rule": "absolute_claim",
    "id": "general/guarantee",
    "severity": "warn",
    "span": {"start": 37, "end": 46},
    "remedy": "Say what usually happens or what the policy says, instead of promising certainty.",
    "disguised": False,
}
PROMISE: Final[dict[str, JsonValue]] = {
    "span": {"start": 0, "end": 33},
    "matter": "return",
    "due": ["5184000 s"],
    "amounts": [],
    "standing": "contradicted",
    "citation": {**CITATION, "quote": QUOTE, "answer_span": {"start": 0, "end": 33}},
}
CHECK: Final[dict[str, JsonValue]] = {
    "verdict": "block",
    "language": "en",
    "findings": [
        {
            "rule": "promise",
            "id": "contradicted",
            "severity": "block",
            "span": {"start": 0, "end": 33},
            "remedy": "The policy says something else; correct the promise as in the passage.",
            "disguised": False,
        },
        FINDING,
    ],
    "promises": [PROMISE],
    "timings_ms": {"language": 0.1, "rules": 2.1, "promises": 0.9, "policies": 11.2},
}
LISTED: Final[dict[str, JsonValue]] = {
    "word": "Acme",
    "severity": "warn",
    "remedy": "Do not name competitors.",
    "disguised": True,
}
WORDS: Final[dict[str, JsonValue]] = {"items": [LISTED]}
