"""Examples of summaries for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from api.schemas.assist_examples import SENTIMENT

__all__ = ["EVENTS_EXAMPLE", "STATEMENT", "SUMMARY", "SUMMARY_CALL"]

QUESTION: Final = "My order MV-2026-118420 has not arrived."
PROMISE: Final = "We will call you tomorrow."
SUMMARY_CALL: Final[dict[str, Any]] = {
    "purpose": "hand_over",
    "turns": [{"role": "customer", "text": QUESTION}, {"role": "agent", "text": PROMISE}],
}
STATEMENT: Final[dict[str, Any]] = {
    "part": "promises",
    "text": PROMISE,
    "places": [1],
    "quotes": [{"place": 1, "span": {"start": 0, "end": 26}, "text": PROMISE}],
    "due": [{"place": 1, "span": {"start": 17, "end": 25}, "text": "tomorrow"}],
}
SUMMARY: Final[dict[str, Any]] = {
    "purpose": "hand_over",
    "language": "en",
    "mode": "extractive",
    "text": f"Promises\n- {PROMISE} [1]",
    "sections": [{"part": "promises", "heading": "Promises", "statements": [STATEMENT]}],
    "facts": [
        {
            "kind": "order_number",
            "text": "MV-2026-118420",
            "normal": "mv-2026-118420",
            "places": [0],
            "quotes": [{"place": 0, "span": {"start": 9, "end": 23}, "text": "MV-2026-118420"}],
        }
    ],
    "progress": "promised",
    "mood": SENTIMENT,
    "notes": [],
}
EVENTS_EXAMPLE: Final = (
    'event: statement\ndata: {"part": "promises", "text": "…", "places": [1]}\n\n'
    'event: done\ndata: {"purpose": "hand_over", "text": "…"}\n\n'
)
