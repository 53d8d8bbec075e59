"""Examples that the OpenAPI document shows; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = [
    "ANSWER",
    "ANSWER_CALL",
    "CITATION",
    "DOCUMENT",
    "INGEST",
    "KNOWLEDGE_BASE",
    "PASSAGE",
    "PROBLEM",
    "SEARCH_CALL",
]

QUOTE: Final = "You may return unused goods within 30 days of delivery."
DOCUMENT_ID: Final = "5f0c7d0e-3c4b-8a51-9d7e-2b1f6a9c0d44"

CITATION: Final[dict[str, JsonValue]] = {
    "id": "1",
    "document_id": DOCUMENT_ID,
    "version": 1,
    "title": "Returns policy",
    "uri": "policies/returns.md",
    "kind": "policy",
    "language": "en",
    "section": ["Returns policy", "Time limit"],
    "page": None,
    "span": {"start": 120, "end": 120 + len(QUOTE)},
    "quote": QUOTE,
    "answer_span": {"start": 0, "end": len(QUOTE)},
    "score": 0.91,
}
ANSWER_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "question": "How long may I return unused goods?",
    "history": [{"role": "customer", "text": "I bought a kettle last week."}],
    "filter": {"kinds": ["policy", "faq"], "as_of": "2025-07-01"},
}
ANSWER: Final[dict[str, JsonValue]] = {
    "conversation_id": "0b8f3c1e-7f0a-4f5e-8f57-0c6b1f1f2a11",
    "question": {
        "text": "How long may I return unused goods?",
        "standalone": "How long may I return unused goods?",
        "language": "en",
    },
    "answer": {"text": QUOTE, "language": "en", "mode": "extractive", "notes": []},
    "citations": [CITATION],
    "confidence": 0.87,
    "abstained": None,
    "clarify": None,
    "handoff": None,
    "follow_ups": ["Who pays for the return?"],
    "timings_ms": {"language": 0.1, "search": 4.2},
}
KNOWLEDGE_BASE: Final[dict[str, JsonValue]] = {"name": "support", "description": "Customer service, all shops"}
SEARCH_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "query": "return unused goods",
    "filter": {"languages": ["en"]},
    "limit": 5,
}
PASSAGE: Final[dict[str, JsonValue]] = {
    "chunk_id": "a1d2f6c0-90b1-4c7e-5b7a-3f2e1d0c9b8a",
    "document_id": DOCUMENT_ID,
    "version": 1,
    "title": "Returns policy",
    "uri": "policies/returns.md",
    "kind": "policy",
    "language": "en",
    "section": ["Returns policy", "Time limit"],
    "page": None,
    "span": {"start": 120, "end": 120 + len(QUOTE)},
    "text": QUOTE,
    "score": 0.91,
    "ranks": {"sparse": 1, "dense": 2},
    "scores": {"sparse": 7.4, "dense": 0.66},
    "highlights": [{"start": 128, "end": 147}],
    "tags": ["returns"],
    "effective_from": "2025-01-01",
    "effective_until": None,
}
DOCUMENT: Final[dict[str, JsonValue]] = {
    "id": DOCUMENT_ID,
    "knowledge_base": "support",
    "source": "upload",
    "uri": "policies/returns.md",
    "title": "Returns policy",
    "kind": "policy",
    "language": "en",
    "version": 1,
    "content_hash": "9b74c9897bac770ffc029102a200c5de",
    "tags": ["returns"],
    "effective_from": "2025-01-01",
    "effective_until": None,
    "metadata": {},
    "chunk_count": 4,
    "updated_at": "2025-07-01T09:30:00+00:00",
}
INGEST: Final[dict[str, JsonValue]] = {
    "documents": {"added": 1, "changed": 0, "unchanged": 0, "deleted": 0, "failed": 1},
    "chunks": 4,
    "failures": [
        {"uri": "scan.pdf", "error": "The PDF is encrypted.", "remedy": "Remove its password and ingest it again."}
    ],
    "seconds": 0.4,
}
PROBLEM: Final[dict[str, JsonValue]] = {
    "type": "/problems/not-found",
    "title": "Not found",
    "status": 404,
    "detail": "There is no knowledge base 'suport'; there are: support.",
    "remedy": "Check the name, or create it.",
    "instance": "/v1/answer",
    "errors": [],
}
