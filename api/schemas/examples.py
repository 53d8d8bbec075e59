"""Examples that the OpenAPI document shows; a test validates each against its model."""

from __future__ import annotations

from typing import Final

from pydantic.types import JsonValue

__all__ = [
    "ALIKE",
    "ANSWER",
    "ANSWER_CALL",
    "CITATION",
    "CLARIFY",
    "COMPARISON",
    "CONFLICT",
    "DOCUMENT",
    "FEEDBACK",
    "FEEDBACK_CALL",
    "HANDOFF",
    "INGEST",
    "JOB",
    "JOB_CALL",
    "KNOWLEDGE_BASE",
    "PASSAGE",
    "PROBLEM",
    "REGION",
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
SIDE: Final[dict[str, JsonValue]] = {
    **{name: CITATION[name] for name in ("document_id", "version", "title", "uri", "kind", "span", "quote")},
    "effective_from": "2025-01-01",
    "effective_until": None,
}
CONFLICT: Final[dict[str, JsonValue]] = {
    "decided_by": "validity",
    "holds": SIDE,
    "against": {
        **SIDE,
        "document_id": "0d6a1c9b-52e7-4f0b-8c83-7a4b2f9e1d55",
        "title": "Returns policy 2024",
        "uri": "policies/returns-2024.md",
        "span": {"start": 80, "end": 123},
        "quote": "You may return unused goods within 14 days.",
        "effective_from": "2024-01-01",
        "effective_until": "2024-12-31",
    },
}
CLARIFY: Final[dict[str, JsonValue]] = {
    "question": "Which of these applies to you?",
    "options": ["Opened or tried", "Unopened"],
}
HANDOFF: Final[dict[str, JsonValue]] = {
    "reason": "requested",
    "queue": "delivery",
    "priority": "normal",
    "summary": "My order MV-2026-004811 was supposed to be here on 3 May 2026.",
    "facts": [
        {"kind": "order_number", "text": "MV-2026-004811", "normal": "mv-2026-004811"},
        {"kind": "date", "text": "3 May 2026", "normal": "2026-05-03"},
    ],
    "sentiment": {"polarity": "neutral", "level": 3},
    "message": "Of course. I am passing you to a colleague.",
    "confirmed": True,
}
ANSWER_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "question": "How long may I return unused goods?",
    "history": [{"role": "customer", "text": "I bought a kettle last week."}],
    "filter": {"kinds": ["policy", "faq"], "as_of": "2025-07-01"},
}
CONVERSATION_ID: Final = "0b8f3c1e-7f0a-4f5e-8f57-0c6b1f1f2a11"
ANSWER_ID: Final = "c1f0a7de-52b3-4c55-9a0e-6d1f3b8e7a42"
ANSWER: Final[dict[str, JsonValue]] = {
    "conversation_id": CONVERSATION_ID,
    "answer_id": ANSWER_ID,
    "question": {
        "text": "How long may I return unused goods?",
        "standalone": "How long may I return unused goods?",
        "language": "en",
    },
    "answer": {
        "text": QUOTE,
        "language": "en",
        "mode": "extractive",
        "notes": [],
        "presented_as": "policy",
        "lead_in": "Our policy “Returns policy” says:",
    },
    "citations": [CITATION],
    "confidence": 0.87,
    "abstained": None,
    "clarify": None,
    "handoff": None,
    "conflicts": [CONFLICT],
    "follow_ups": ["Who pays for the return?"],
    "timings_ms": {"language": 0.1, "search": 4.2},
}
FEEDBACK_CALL: Final[dict[str, JsonValue]] = {
    "conversation_id": CONVERSATION_ID,
    "answer_id": ANSWER_ID,
    "verdict": "edited",
    "edited_text": f"{QUOTE} We pay for the parcel.",
    "csat": 5,
}
FEEDBACK: Final[dict[str, JsonValue]] = {
    "id": "8d3b5a0c-1f7e-2c44-b6a9-0e5d7c9f1b23",
    "conversation_id": CONVERSATION_ID,
    "answer_id": ANSWER_ID,
    "knowledge_base": "support",
    "verdict": "edited",
    "edited_text": f"{QUOTE} We pay for the parcel.",
    "csat": 5,
    "comment": "",
    "created_at": "2025-07-01T09:31:12.120394Z",
    "about": {
        "question": "How long may I return unused goods?",
        "standalone": "How long may I return unused goods?",
        "language": "en",
        "answer": QUOTE,
        "citations": [{"document_id": DOCUMENT_ID, "version": 1, "uri": "policies/returns.md", "quote": QUOTE}],
        "abstained": None,
        "clarified": False,
        "handoff": None,
        "created_at": "2025-07-01T09:30:55.004211Z",
    },
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
    "scores": {"sparse": 7.4, "dense": 0.66, "late": 0.78},
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
    "container": "",
    "replaces": None,
    "edited": [],
}
ALIKE: Final[dict[str, JsonValue]] = {"id": "0d9c", "uri": "policies/returns-copy.md", "similarity": 0.93}
REGION: Final[dict[str, JsonValue]] = {
    "span": {"start": 0, "end": 24},
    "page": 1,
    "box": {"left": 0.1, "top": 0.08, "right": 0.62, "bottom": 0.11},
    "confidence": 0.97,
}
COMPARISON: Final[dict[str, JsonValue]] = {
    "document_id": DOCUMENT_ID,
    "older": 1,
    "newer": 2,
    "sections": [
        {
            "section": ["Returns policy", "Time limit"],
            "change": "changed",
            "diff": ["@@ -1 +1 @@", f"-{QUOTE}", f"+{QUOTE.replace('30', '60')}"],
        }
    ],
    "unchanged": 3,
}
INGEST: Final[dict[str, JsonValue]] = {
    "documents": {"added": 1, "changed": 0, "unchanged": 0, "deleted": 0, "failed": 1},
    "chunks": 4,
    "embedded": 3,
    "reused": 1,
    "failures": [
        {"uri": "scan.pdf", "error": "The PDF is encrypted.", "remedy": "Remove its password and ingest it again."}
    ],
    "warnings": [],
    "duplicates": [{"uri": "policies/returns.md", "other": "policies/returns-copy.md", "similarity": 0.93}],
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
JOB_CALL: Final[dict[str, JsonValue]] = {
    "knowledge_base": "support",
    "sources": [
        {"kind": "folder", "location": "/srv/manuals", "tags": ["manuals"]},
        {"kind": "url", "location": "https://shop.example/help/returns"},
    ],
}
JOB: Final[dict[str, JsonValue]] = {
    "id": "20250701-093000-120394-a1b2c3",
    "knowledge_base": "support",
    "state": "running",
    "sources": [{"kind": "place", "location": "/srv/manuals"}],
    "retry_of": "",
    "created_at": "2025-07-01T09:30:00Z",
    "finished_at": None,
    "progress": {
        "files": 120,
        "files_total": 480,
        "failed": 1,
        "pages": 310,
        "chunks": 2260,
        "phase": "writing",
        "uri": "kettles/k200.pdf",
        "note": "",
        "files_per_second": 4.1,
        "pages_per_second": 5.1,
        "chunks_per_second": 77.2,
        "seconds_left": 87.8,
    },
    "report": INGEST,
    "error": "",
    "remedy": "",
}
