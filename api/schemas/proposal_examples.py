"""Examples of proposals, contradictions and stale pages for the OpenAPI document; a test validates each."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

from api.schemas.examples import SIDE

__all__ = ["CONTRADICTION", "EDIT_CALL", "MINE_CALL", "PROPOSAL", "PUBLISH_CALL", "REJECT_CALL", "STALE"]

QUESTION: Final = "Why does my kettle not switch off any more?"
ANSWER: Final = "Boil it once with citric acid and rinse it twice. The sensor then switches off again."
PROPOSAL_ID: Final = "6c1d4f0e-9b7a-2e35-8a14-0f3e5d7c9b21"
OBSERVATION_ID: Final = "2f6b8a91-4c3d-5e7f-9a0b-1c2d3e4f5a6b"
REPLY: Final[dict[str, JsonValue]] = {"outcome": "abstained", "text": "", "confidence": 0.13, "right": False}

MINE_CALL: Final[dict[str, JsonValue]] = {"knowledge_base": "support", "talks": ["transcripts"]}
EDIT_CALL: Final[dict[str, JsonValue]] = {"answer": ANSWER}
REJECT_CALL: Final[dict[str, JsonValue]] = {"reason": "That is only so of the K2."}
PUBLISH_CALL: Final[dict[str, JsonValue]] = {
    "golden": [{"question": "How long may I return unused goods?", "wordings": ["within 30 days"], "language": "en"}]
}
PROPOSAL: Final[dict[str, JsonValue]] = {
    "id": PROPOSAL_ID,
    "knowledge_base": "support",
    "kind": "new",
    "state": "published",
    "language": "en",
    "question": QUESTION,
    "answer": ANSWER,
    "confidence": 0.75,
    "count": 1,
    "evidence": [
        {
            "id": OBSERVATION_ID,
            "question": QUESTION,
            "answer": ANSWER,
            "language": "en",
            "document_id": "0d6a1c9b-52e7-4f0b-8c83-7a4b2f9e1d55",
            "conversation_id": "",
            "agrees": True,
        }
    ],
    "access": [],
    "place": None,
    "reason": "",
    "publication": {
        "document_id": "5f0c7d0e-3c4b-8a51-9d7e-2b1f6a9c0d44",
        "version": 1,
        "previous": 0,
        "at": "2025-07-01T09:31:12.120394Z",
    },
    "effect": {
        "searchable_s": 0.21,
        "better": 1,
        "same": 0,
        "worse": 0,
        "questions": [
            {
                "question": QUESTION,
                "observation": OBSERVATION_ID,
                "verdict": "better",
                "before": REPLY,
                "after": {"outcome": "answered", "text": ANSWER, "confidence": 0.91, "right": True},
            }
        ],
    },
    "created_at": "2025-07-01T09:12:44.004211Z",
    "changed_at": "2025-07-01T09:31:12.120394Z",
}
CONTRADICTION: Final[dict[str, JsonValue]] = {
    "kind": "documents",
    "one": SIDE,
    "other": {
        **SIDE,
        "document_id": "0d6a1c9b-52e7-4f0b-8c83-7a4b2f9e1d55",
        "title": "Questions about returns",
        "uri": "faq/returns.md",
        "kind": "faq",
        "span": {"start": 80, "end": 123},
        "quote": "You may return unused goods within 14 days.",
    },
    "values": [["30"], ["14"]],
    "confidence": 0.96,
}
STALE: Final[dict[str, JsonValue]] = {
    "reason": "expiring",
    "document_id": "5f0c7d0e-3c4b-8a51-9d7e-2b1f6a9c0d44",
    "title": "Summer offer",
    "uri": "offers/summer.md",
    "language": "en",
    "day": "2025-08-31",
    "detail": "",
}
