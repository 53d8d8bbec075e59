"""Examples of service quality; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = ["FIGURES", "QUALITY", "REPLY"]

FIGURES: Final[dict[str, JsonValue]] = {
    "replies": 412,
    "conversations": 220,
    "warned": 31,
    "blocked": 4,
    "findings": {"promise": 19, "personal_data": 6, "absolute_claim": 11},
    "promises": {"kept": 38, "late": 3, "missed": 2, "open": 9},
    "kept": 0.884,
    "csat": 4.1,
    "solved": 0.79,
    "told": 131,
}
QUALITY: Final[dict[str, JsonValue]] = {
    "since": "2026-11-14T00:00:00Z",
    "until": "2026-11-21T00:00:00Z",
    "total": FIGURES,
    "assistant": FIGURES,
    "people": FIGURES,
    "agents": [{"id": "a-17", "name": "a-17", "figures": FIGURES}],
    "teams": [{"id": "returns", "name": "returns", "figures": FIGURES}],
    "topics": [{"id": "0b8a4a53-9d6b-4a2b-8f3e-5a4f0f2f7c11", "name": "parcel · arrive", "figures": FIGURES}],
}
REPLY: Final[dict[str, JsonValue]] = {
    "id": "5e0b0f6b-3f0f-4be5-9d0c-2f7d53a1c8e4",
    "conversation_id": "ticket-88",
    "role": "agent",
    "agent": "a-17",
    "team": "returns",
    "topic_id": None,
    "language": "en",
    "said_at": "2026-11-20T16:04:00Z",
    "text": "I am sorry. We will refund you within 5 working days.",
    "verdict": "block",
    "findings": [{"rule": "promise", "id": "contradicted", "severity": "block", "text": "We will refund you …"}],
    "promises": [
        {
            "matter": "refund",
            "text": "We will refund you within 5 working days",
            "due": "2026-11-27T16:04:00Z",
            "standing": "contradicted",
            "state": "open",
            "settled_at": None,
        }
    ],
}
