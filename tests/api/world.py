"""A running API with something of everything in it, and calls told by the names of their operations."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.assist.sentiment.reader import CueMoodReader
from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed
from engine.ports import BuiltIndex, IndexSignature
from engine.service import Engine
from ingestion.jobs.service import JobService
from ingestion.parsing import Limits, parse
from tests.waiting import until

__all__ = ["ELSEWHERE", "ENDED", "FAULTS", "QUESTION", "Gate", "World", "broken", "operations"]

METHODS = {"get", "post", "put", "patch", "delete"}
QUESTION = "How long may I return unused goods?"
ELSEWHERE = {  # operations that have tests of their own, named after them
    *("explain", "show_caller", "list_passages", "correct_document"),
    *("list_keys", "create_key", "revoke_key", "export_customer", "erase_customer", "list_audit", "verify_audit"),
    *(
        "summarize",
        "check_form",
        "suggest",
        "judge_suggestion",
        "draft_reply",
        "list_canned_replies",
        "add_canned_reply",
    ),
    *("show_canned_reply", "change_canned_reply", "delete_canned_reply", "complete_chat", "list_models", "show_model"),
    *("show_conversation", "list_faqs"),
    *("create_embeddings", "receive_chatwoot_event", "receive_ticket", "list_webhooks", "create_webhook"),
    *("show_webhook", "edit_webhook", "delete_webhook", "renew_webhook_secret", "test_webhook"),
    *("list_evaluations", "show_evaluation", "list_evaluation_cases", "show_evaluation_comparison"),
    *("list_rule_packs", "list_settings", "add_faq", "change_faq"),
    *("list_indexes", "build_index", "use_index", "drop_index"),
    *("list_webhook_deliveries", "create_backup", "show_metrics"),
    *("list_proposals", "mine_proposals", "show_proposal", "edit_proposal", "approve_proposal", "reject_proposal"),
    *("publish_proposal", "roll_back_proposal", "list_contradictions", "list_stale"),
    *(
        "show_quality",
        "list_checked_replies",
        "show_digest",
        "add_turns",
        "show_graph",
        "list_related_documents",
        "add_events",
        "draft_messages",
        "show_profile",
    ),
    *("list_topics", "list_gaps", "show_sentiment_map", "list_insight_questions", "forecast_questions", "run_insights"),
}
ENDED = {"done", "done_with_failures", "failed", "cancelled"}

FAULTS = {
    500: RuntimeError("the customer said: private words"),
    503: OperationalError("select private words", {}, sqlite3.OperationalError("disk I/O error")),
    409: IntegrityError("delete private words", {}, sqlite3.IntegrityError("FOREIGN KEY constraint failed")),
}


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Return method, path and description of each operation of an OpenAPI document, by its id."""
    return {
        call["operationId"]: (method.upper(), path, call)
        for path, item in document["paths"].items()
        for method, call in item.items()
        if method in METHODS
    }


class Gate:
    """Parses when it is open."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.event.set()

    def __call__(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        self.event.wait(5)
        return parse(data, name=name, limits=limits)


class World:
    """Knows by name what calls need: `{page}` in a call is the id of a page, and so on; each is made at first use."""

    def __init__(self, client: TestClient, engine: Engine, gate: Gate) -> None:
        self.client, self.engine, self.gate = client, engine, gate
        self.operations = operations(client.get("/openapi.json").json())
        self._made: dict[str, str] = {}
        self._number = itertools.count()
        signature = IndexSignature("another-model", "1", 7, normalized=True, terms="other")
        for name in ("foreign", "work"):
            engine.create_knowledge_base(name)
        engine.parts.knowledge.use_index("foreign", BuiltIndex(signature))

    def call(self, operation: str, at: dict[str, str], **sent: Any) -> Response:
        """Call an operation with parameters in its path, once all names are filled in."""
        method, path, _ = self.operations[operation]
        return self.client.request(method, path.format(**at), **sent)

    def filled(self, value: Any) -> Any:
        """Put what the names stand for in their places."""
        if isinstance(value, dict):
            return {key: self.filled(each) for key, each in value.items()}
        if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
            return self[value[1:-1]]
        return value

    def __getitem__(self, name: str) -> str:
        """Return what a name stands for; names that begin with `new_` stand for another thing each time."""
        make: Callable[[], str] = getattr(self, f"_{name}")
        if name.startswith("new_"):
            return make()
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def _page(self) -> str:
        (found,) = self.client.get("/v1/documents", params={"knowledge_base": "shop", "uri": "returns.md"}).json()[
            "items"
        ]
        return str(found["id"])

    def _new_page(self) -> str:
        name = f"page-{next(self._number)}.md"
        files = [("files", (name, f"# Page {name}\n\nThe kettle {name} boils water.\n".encode()))]
        self.client.post("/v1/documents", data={"knowledge_base": "work"}, files=files)
        (found,) = self.client.get("/v1/documents", params={"knowledge_base": "work", "uri": name}).json()["items"]
        return str(found["id"])

    def _new_edited(self) -> str:
        page = self._new_page()
        self.client.patch(f"/v1/documents/{page}", json={"tags": ["edited"]})
        return page

    def _edited(self) -> str:
        return self._new_edited()

    def _new_name(self) -> str:
        return f"kb-{next(self._number)}"

    def _new_kb(self) -> str:
        name = self._new_name()
        self.engine.create_knowledge_base(name)
        return name

    def _new_intent(self) -> str:
        name = f"intent-{next(self._number)}"
        self.client.put(f"/v1/knowledge-bases/work/intents/{name}", json={"examples": ["I want to return it"]})
        return name

    def _new_word(self) -> str:
        word = f"word {next(self._number)}"
        self.client.post("/v1/knowledge-bases/work/words", json={"items": [{"word": word}]})
        return word

    def _conversation(self) -> str:
        body = {"knowledge_base": "shop", "question": QUESTION}
        return str(self.client.post("/v1/answer", json=body).json()["conversation_id"])

    def _feedback(self) -> str:
        body = {"conversation_id": self["conversation"], "verdict": "accepted", "id": "said-once"}
        return str(self.client.post("/v1/feedback", json=body).json()["id"])

    def _ended(self) -> str:
        return self._uploaded(b"# Kettle\n\nIt boils.\n", "kettle.md")

    def _failed(self) -> str:
        return self._uploaded(b"%PDF-1.7 this is none", "bad.pdf")

    def _uploaded(self, content: bytes, name: str) -> str:
        """Return a job at its end."""
        body = {"knowledge_base": "work", "wait": "false"}
        job = str(self.client.post("/v1/documents", data=body, files=[("files", (name, content))]).json()["id"])
        until(lambda: self.client.get(f"/v1/jobs/{job}").json(), lambda found: found["state"] in ENDED)
        return job

    def _new_active(self) -> str:
        """Return a job that waits at the gate."""
        self.gate.event.clear()
        body = {"knowledge_base": "work", "wait": "false"}
        files = [("files", ("slow.md", b"# Slow\n"))]
        return str(self.client.post("/v1/documents", data=body, files=files).json()["id"])


def broken(world: World, fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the database, the record of jobs and the reader of moods."""

    def fails(*_: object, **__: object) -> None:
        raise fault

    def fails_behind(*_: object, **__: object) -> None:
        raise BackendFailed("It is away.", remedy="Wait.") if isinstance(fault, OperationalError) else fault

    monkeypatch.setattr(world.engine.parts.knowledge._engine, "connect", fails)  # type: ignore[attr-defined]
    monkeypatch.setattr(CueMoodReader, "read", fails_behind)
    for name in ("jobs", "job", "submit", "cancel", "retry"):
        monkeypatch.setattr(JobService, name, fails_behind)
