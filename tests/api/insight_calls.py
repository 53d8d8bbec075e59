"""Calls about insights that try to reach something, by the names of their routes."""

from __future__ import annotations

from typing import Any

__all__ = ["INSIGHTS"]

_BASE = "/v1/insights"
_ASKED: dict[str, Any] = {"knowledge_base": "shop"}

INSIGHTS: dict[str, tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]] = {
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
    "run_insights": ("POST", f"{_BASE}/runs", _ASKED, None),
}
"""Method, path, body and parameters."""
