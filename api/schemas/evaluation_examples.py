"""Examples of evaluations; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = ["CASE", "COMPARED", "FIGURE", "RUN", "RUN_DETAIL"]

FIGURE: Final[dict[str, JsonValue]] = {
    "slice": "all",
    "measure": "containment",
    "n": 120,
    "value": 0.875,
    "interval": [0.81, 0.93],
}
RUN: Final[dict[str, JsonValue]] = {
    "name": "november",
    "started": "2026-11-20T09:00:00+00:00",
    "complete": True,
    "cases": 140,
    "planned": 140,
    "failed": 0,
    "units": [{"name": "sample", "documents": 64, "cases": 140}],
    "headlines": [FIGURE],
}
RUN_DETAIL: Final[dict[str, JsonValue]] = {
    **RUN,
    "figures": [FIGURE, {**FIGURE, "slice": "language=ja", "n": 30, "value": 0.9}],
    "measures": [
        {
            "name": "containment",
            "label": "Answer right",
            "explanation": "Questions in scope whose answer contains the gold answer.",
            "higher_is_better": True,
            "unit": "share",
        }
    ],
    "settings": {"embedding_model": "", "candidates": 100},
    "options": {"seed": 13},
    "versions": {"python": "3.11.9"},
    "code": "0b8a4a539d6b4a2b",
    "comparisons": ["october"],
}
CASE: Final[dict[str, JsonValue]] = {
    "id": "sample/returns-3",
    "unit": "sample",
    "task": "answer",
    "question": "How long may I return unused goods?",
    "slices": {"language": "en"},
    "metrics": {"containment": 0.0},
    "milliseconds": 31.5,
    "expected": ["within 30 days"],
    "found": ["en/returns-policy.md"],
    "answer": None,
    "quotes": [],
    "confidence": 0.31,
    "error": "",
}
COMPARED: Final[dict[str, JsonValue]] = {
    "before": "october",
    "after": "november",
    "cases": 140,
    "only_before": 0,
    "only_after": 0,
    "settings": [{"name": "candidates", "before": "50", "after": "100"}],
    "differences": [
        {
            "slice": "all",
            "measure": "containment",
            "n": 120,
            "before": 0.83,
            "after": 0.875,
            "change": 0.045,
            "interval": [0.01, 0.08],
            "p": 0.012,
            "adjusted_p": 0.036,
            "verdict": "better",
        }
    ],
    "changed": [
        {
            "id": CASE["id"],
            "measure": "containment",
            "gain": -1.0,
            "question": CASE["question"],
        }
    ],
}
