"""Calls that try to reach something and need nothing of the world, by the names of their routes."""

from __future__ import annotations

from typing import Any

__all__ = ["INSIGHTS"]

_BASE = "/v1/insights"
_ASKED: dict[str, Any] = {"knowledge_base": "shop"}

INSIGHTS: dict[str, tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]] = {
    "list_indexes": ("GET", "/v1/knowledge-bases/shop/indexes", None, None),
    "build_index": ("POST", "/v1/knowledge-bases/none/indexes", {"model": "bundled"}, None),
    "use_index": ("POST", "/v1/knowledge-bases/shop/indexes/none/use", None, None),
    "drop_index": ("DELETE", "/v1/knowledge-bases/shop/indexes/none", None, None),
    "list_proposals": ("GET", f"{_BASE}/proposals", None, _ASKED),
    "mine_proposals": ("POST", f"{_BASE}/proposals", _ASKED, None),
    "show_proposal": ("GET", f"{_BASE}/proposals/none", None, None),
    "edit_proposal": ("PATCH", f"{_BASE}/proposals/none", {"answer": "So."}, None),
    "approve_proposal": ("POST", f"{_BASE}/proposals/none/approve", None, None),
    "reject_proposal": ("POST", f"{_BASE}/proposals/none/reject", {"reason": "no"}, None),
    "publish_proposal": ("POST", f"{_BASE}/proposals/none/publish", {}, None),
    "roll_back_proposal": ("POST", f"{_BASE}/proposals/none/rollback", None, None),
    "list_contradictions": ("GET", f"{_BASE}/contradictions", None, _ASKED),
    "list_stale": ("GET", f"{_BASE}/staleness", None, _ASKED),
    "list_topics": ("GET", f"{_BASE}/topics", None, _ASKED),
    "list_gaps": ("GET", f"{_BASE}/gaps", None, _ASKED),
    "show_sentiment_map": ("GET", f"{_BASE}/sentiment", None, _ASKED),
    "list_insight_questions": ("GET", f"{_BASE}/questions", None, _ASKED),
    "forecast_questions": ("GET", f"{_BASE}/forecast", None, _ASKED),
    "show_quality": ("GET", f"{_BASE}/quality", None, _ASKED),
    "list_checked_replies": ("GET", f"{_BASE}/quality/replies", None, _ASKED),
    "show_digest": ("GET", f"{_BASE}/quality/digest", None, _ASKED),
    "add_turns": (
        "POST",
        "/v1/conversations/shared/turns",
        {**_ASKED, "turns": [{"id": "1", "text": "We call you back tomorrow."}]},
        None,
    ),
    "add_events": (
        "POST",
        "/v1/events",
        {"items": [{"id": "1", "customer_id": "c", "kind": "viewed", "at": "2026-07-01T09:00:00Z"}]},
        None,
    ),
    "draft_messages": ("POST", "/v1/proactive", _ASKED, None),
    "show_profile": ("GET", "/v1/customers/acme-customer/profile", None, _ASKED),
    "show_graph": ("GET", "/v1/graph", None, _ASKED),
    "list_related_documents": ("GET", "/v1/documents/none/related", None, None),
    "run_insights": ("POST", f"{_BASE}/runs", _ASKED, None),
    "list_evaluations": ("GET", "/v1/evaluations", None, None),
    "show_evaluation": ("GET", "/v1/evaluations/none", None, None),
    "list_evaluation_cases": ("GET", "/v1/evaluations/none/cases", None, None),
    "show_evaluation_comparison": ("GET", "/v1/evaluations/none/comparisons/none", None, None),
    "list_rule_packs": ("GET", "/v1/rule-packs", None, None),
    "list_settings": ("GET", "/v1/settings", None, None),
    "list_webhooks": ("GET", "/v1/webhooks", None, None),
    "create_webhook": ("POST", "/v1/webhooks", {"url": "ftp://x", "events": ["job.done"]}, None),
    "show_webhook": ("GET", "/v1/webhooks/none", None, None),
    "edit_webhook": ("PATCH", "/v1/webhooks/none", {"enabled": False}, None),
    "delete_webhook": ("DELETE", "/v1/webhooks/none", None, None),
    "renew_webhook_secret": ("POST", "/v1/webhooks/none/secret", None, None),
    "test_webhook": ("POST", "/v1/webhooks/none/test", None, None),
    "list_webhook_deliveries": ("GET", "/v1/webhooks/none/deliveries", None, None),
    "create_backup": ("POST", "/v1/backups", None, None),
    "show_metrics": ("GET", "/metrics", None, None),
    "add_faq": ("POST", "/v1/faqs", {"knowledge_base": "none", "question": "a", "answer": "b"}, None),
    "change_faq": ("PUT", "/v1/faqs/none", {"question": "a", "answer": "b"}, None),
}
"""Method, path, body and parameters."""
