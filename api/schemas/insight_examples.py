"""Examples of insights; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = ["EXPECTED", "GAP", "HEAT", "QUESTION", "RUN", "TOPIC"]

TOPIC: Final[dict[str, JsonValue]] = {
    "id": "0b8a4a53-9d6b-4a2b-8f3e-5a4f0f2f7c11",
    "name": "parcel · arrive · tracking",
    "terms": ["parcel", "arrive", "tracking", "courier", "late"],
    "questions": 214,
    "conversations": 187,
    "share": 0.18,
    "before": 96,
    "growth": 1.23,
    "emerging": True,
    "abstained": 0.07,
    "handed_over": 0.11,
    "csat": 3.6,
    "level": 2.4,
    "languages": {"en": 120, "zh-Hans": 61, "ja": 33},
    "samples": ["Where is my parcel?", "包裹一直没收到"],
    "first_seen": "2026-10-02T02:00:00Z",
}
GAP: Final[dict[str, JsonValue]] = {
    "id": "6e1f9d7a-47c5-4a09-9a2e-2f4f8b8a7c01",
    "name": "gift · card · balance",
    "terms": ["gift", "card", "balance"],
    "questions": 31,
    "conversations": 28,
    "failures": {"handed_over": 9, "abstained": 22},
    "cost": 67.0,
    "failing": 0.86,
    "cause": "missing",
    "document": None,
    "confidence": 0.12,
    "languages": {"en": 31},
    "samples": ["How do I see what is left on my gift card?"],
    "first_seen": "2026-11-02T02:00:00Z",
    "last_seen": "2026-11-20T17:40:12Z",
}
HEAT: Final[dict[str, JsonValue]] = {
    "interval": "week",
    "since": "2026-10-22T00:00:00Z",
    "until": "2026-11-21T00:00:00Z",
    "starts": ["2026-11-16"],
    "topics": [
        {
            "topic_id": TOPIC["id"],
            "name": TOPIC["name"],
            "cells": [{"start": "2026-11-16", "level": 2, "questions": 17}],
        }
    ],
}
QUESTION: Final[dict[str, JsonValue]] = {
    "answer_id": "5e0b0f6b-3f0f-4be5-9d0c-2f7d53a1c8e4",
    "conversation_id": "90146d3c-5854-463a-8567-78f626ed4d8a",
    "text": "Where is my parcel [id 1]?",
    "language": "en",
    "asked_at": "2026-11-20T17:40:12Z",
    "level": 2,
    "topic_id": TOPIC["id"],
    "gap_id": None,
    "csat": 2.0,
    "failures": ["rated_low"],
}
EXPECTED: Final[dict[str, JsonValue]] = {"day": "2026-11-22", "questions": 41.5, "low": 29.0, "high": 55.3}
RUN: Final[dict[str, JsonValue]] = {
    "read": 420,
    "left": 0,
    "replies": 388,
    "topics": 38,
    "gaps": 6,
    "new_topics": [TOPIC["id"]],
    "new_gaps": [],
    "merged": {},
    "rebuilt": False,
}
