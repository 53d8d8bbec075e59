"""Two tenants with the same knowledge base, documents behind access lists, and a key for every kind of caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.ingesting import Batch, ingest_batches
from api.schemas.inbound import ChatwootIn, TicketIn
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole, may_see
from engine.records import open_api_keys
from engine.service import Engine
from engine.settings import Settings
from ingestion.sources import open_source
from tests.api.insight_calls import INSIGHTS

__all__ = [
    "ACCESS",
    "KB",
    "LISTS",
    "TENANTS",
    "Caller",
    "Request",
    "World",
    "callers",
    "fill",
    "mark",
    "requests_of",
    "secret",
]

KB = "shop"
TENANTS = ("default", "acme")
LISTS = ("", "staff", "partners", "legal")
ACCESS: tuple[tuple[str, ...] | None, ...] = (None, ("staff",), ("partners", "legal"))
QUESTION = "How long does the zirconium kettle warranty last?"


@dataclass(frozen=True, slots=True)
class Caller:
    """A key, with what it was made for."""

    text: str
    tenant: str
    role: AccessRole
    access: tuple[str, ...] | None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"}

    def sees(self, tenant: str, name: str) -> bool:
        return tenant == self.tenant and may_see(self.access, [f"access:{name}"] if name else [])


@dataclass(frozen=True, slots=True)
class Request:
    """A request that a test sends."""

    method: str
    path: str
    json: Mapping[str, Any] | None = None
    params: Mapping[str, Any] | None = None
    files: Any = None
    data: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None

    def send(self, client: TestClient, caller: Caller) -> Any:
        sent: dict[str, Any] = {"headers": {**caller.headers, **(self.headers or {})}, "params": self.params}
        if self.files is not None:
            return client.request(self.method, self.path, files=self.files, data=dict(self.data or {}), **sent)
        return client.request(self.method, self.path, json=self.json, **sent)


@dataclass(frozen=True, slots=True)
class World:
    """A client of the service, with everything that callers might try to reach."""

    client: TestClient
    callers: tuple[Caller, ...]
    documents: Mapping[tuple[str, str], str]
    jobs: Mapping[str, str]
    keys: Mapping[str, str]


def mark(tenant: str, name: str) -> str:
    """Return a word that only one document of one tenant has, to search for it."""
    return f"zz{tenant}{name or 'open'}zz"


def secret(tenant: str, name: str) -> str:
    """Return a word that only one document of one tenant has, and that nobody ever sends."""
    return f"qq{tenant}{name or 'open'}qq"


def fill(engine: Engine, settings: Settings, tenant: str, folder: Path) -> dict[tuple[str, str], str]:
    """Ingest one document for each access list; return their ids."""
    folder.mkdir(parents=True)
    for name in LISTS:
        tags = f"tags: access:{name}\n" if name else ""
        words = f"{mark(tenant, name)} {secret(tenant, name)}"
        text = f"The warranty of the zirconium kettle lasts {len(name) + 20} months: {words}.\n"
        (folder / f"{name or 'open'}.md").write_text(f"---\n{tags}kind: policy\n---\n# Kettle {words}\n\n{text}")
    source = open_source(folder)
    list(ingest_batches(engine, settings, KB, [Batch("pages", source.files, complete=True)]))
    names = {document.uri.split("/")[-1]: document.id for document in engine.parts.knowledge.documents(KB)}
    return {(tenant, name): names[f"{name or 'open'}.md"] for name in LISTS}


def callers(settings: Settings) -> tuple[Caller, ...]:
    """Make a key for each tenant, role and set of access lists."""
    made: list[Caller] = []
    with open_api_keys(settings) as keys:
        for tenant in TENANTS:
            for role in AccessRole:
                for access in ACCESS:
                    _, text = keys.create(KeyRequest(f"{tenant} {role}", [role], tenant, access))
                    made.append(Caller(text, tenant, role, access))
    return tuple(made)


def requests_of(world: World, route: str) -> Iterator[Request]:
    """Yield requests to a route that try to reach everything; KeyError for a route that nobody thought of."""
    every = list(world.documents.values())
    words = " ".join(mark(tenant, name) for tenant, name in world.documents)
    asked = {"knowledge_base": KB, "question": f"{QUESTION} {words}"[:900]}
    of_documents = {
        "show_document": ("GET", "", None, None),
        "show_document_text": ("GET", "/text", None, None),
        "show_document_regions": ("GET", "/regions", None, None),
        "list_passages": ("GET", "/passages", None, None),
        "list_versions": ("GET", "/versions", None, None),
        "show_version": ("GET", "/versions/1", None, None),
        "compare_versions": ("GET", "/versions/compare", None, {"older": 1, "newer": 1}),
    }
    if route in of_documents:
        method, rest, json, params = of_documents[route]
        yield from (Request(method, f"/v1/documents/{each}{rest}", json, params) for each in every)
        return
    yield from {
        **_plain(world, words, asked),
        **_dialects(words, asked),
        **_desk(words),
        **{name: [Request(*each)] for name, each in INSIGHTS.items()},
    }[route]


def _plain(world: World, words: str, asked: dict[str, Any]) -> dict[str, list[Request]]:
    base = f"/v1/knowledge-bases/{KB}"
    turn = {"text": f"Where is it? {words}"}
    intents = {"items": [{"id": "track", "examples": ["Where is it?"]}]}
    jobs = list(world.jobs.values())
    return {
        "live": [Request("GET", "/health/live")],
        "ready": [Request("GET", "/health/ready")],
        "answer": [
            Request("POST", "/v1/answer", {**asked, "conversation_id": "shared", "customer_id": "shared"}),
            Request("POST", "/v1/answer", {**asked, "question": "And the other one?", "conversation_id": "shared"}),
            Request("POST", "/v1/answer", {**asked, "stream": True}),
        ],
        "explain": [Request("POST", "/v1/explanations", {**asked, "conversation_id": "shared"})],
        "search": [
            Request("POST", "/v1/search", {"knowledge_base": KB, "query": words, "limit": 50}),
            Request(
                "POST",
                "/v1/search",
                {
                    "knowledge_base": KB,
                    "query": QUESTION,
                    "filter": {"document_ids": list(world.documents.values()), "tags": ["access:staff"]},
                },
            ),
        ],
        "give_feedback": [Request("POST", "/v1/feedback", {"conversation_id": "theirs", "csat": 1})],
        "list_feedback": [Request("GET", "/v1/feedback")],
        "check": [
            Request("POST", "/v1/checks", {"knowledge_base": KB, "text": f"The warranty lasts 90 months. {words}"})
        ],
        "list_words": [Request("GET", f"{base}/words")],
        "add_words": [Request("POST", f"{base}/words", {"items": [{"word": "foul"}]})],
        "import_words": [Request("PUT", f"{base}/words", {"items": [{"word": "foul"}]})],
        "remove_word": [Request("DELETE", f"{base}/words", params={"word": "none"})],
        "read_sentiment": [Request("POST", "/v1/sentiment", turn)],
        "triage": [Request("POST", "/v1/triage", {"knowledge_base": KB, **turn})],
        "list_knowledge_bases": [Request("GET", "/v1/knowledge-bases")],
        "create_knowledge_base": [Request("POST", "/v1/knowledge-bases", {"name": KB})],
        "show_knowledge_base": [Request("GET", base)],
        "delete_knowledge_base": [Request("DELETE", "/v1/knowledge-bases/none")],
        "list_intents": [Request("GET", f"{base}/intents")],
        "replace_intents": [Request("PUT", f"{base}/intents", intents)],
        "show_intent": [Request("GET", f"{base}/intents/none")],
        "put_intent": [Request("PUT", f"{base}/intents/track", {"examples": ["Where is it?"]})],
        "delete_intent": [Request("DELETE", f"{base}/intents/none")],
        "list_documents": [Request("GET", "/v1/documents", params={"knowledge_base": KB, "limit": n}) for n in (1, 50)],
        "upload_documents": [
            Request(
                "POST",
                "/v1/documents",
                files=[("files", ("same.md", b"# Same\n\nOne."))],
                data={"knowledge_base": "none"},
            )
        ],
        "edit_document": [Request("PATCH", "/v1/documents/none", {"tags": ["x"]})],
        "correct_document": [
            Request(
                "POST",
                "/v1/documents/none/corrections",
                {"span": {"start": 0, "end": 1}, "quote": "#", "text": "x"},
            )
        ],
        "delete_document": [Request("DELETE", "/v1/documents/none")],
        "roll_back_document": [Request("POST", "/v1/documents/none/rollback", {"version": 1})],
        "list_jobs": [Request("GET", "/v1/jobs")],
        "submit_job": [Request("POST", "/v1/jobs", {"knowledge_base": "none", "reindex": True})],
        "show_job": [Request("GET", f"/v1/jobs/{each}") for each in jobs],
        "follow_job": [Request("GET", f"/v1/jobs/{each}/events") for each in jobs],
        "cancel_job": [Request("POST", f"/v1/jobs/{each}/cancel") for each in jobs],
        "retry_job": [Request("POST", f"/v1/jobs/{each}/retry") for each in jobs],
        "export_customer": [Request("GET", f"/v1/customers/{tenant}-customer") for tenant in TENANTS],
        "erase_customer": [Request("DELETE", "/v1/customers/none")],
        "list_audit": [Request("GET", "/v1/audit")],
        "verify_audit": [Request("GET", "/v1/audit/verification")],
        "show_caller": [Request("GET", "/v1/caller")],
        "list_keys": [Request("GET", "/v1/keys")],
        "create_key": [Request("POST", "/v1/keys", {"name": "", "roles": []})],
        "revoke_key": [Request("DELETE", "/v1/keys/none")],
    }


def _dialects(words: str, asked: dict[str, Any]) -> dict[str, list[Request]]:
    chat = {"model": KB, "messages": [{"role": "user", "content": asked["question"]}]}
    chatwoot, ticket = _example(ChatwootIn), _example(TicketIn)
    return {
        "complete_chat": [
            Request("POST", "/v1/chat/completions", chat),
            Request("POST", "/v1/chat/completions", {**chat, "stream": True}),
        ],
        "create_embeddings": [Request("POST", "/v1/embeddings", {"model": KB, "input": ["kettle"]})],
        "list_models": [Request("GET", "/v1/models")],
        "show_model": [Request("GET", f"/v1/models/{KB}")],
        "serve_mcp": [
            _rpc("tools/call", {"name": "search", "arguments": {"knowledge_base": KB, "query": words}}),
            _rpc("tools/call", {"name": "answer", "arguments": {"knowledge_base": KB, "question": asked["question"]}}),
            _rpc("resources/list", {}),
        ],
        "receive_chatwoot_event": [
            Request("POST", "/v1/inbound/chatwoot", {**chatwoot, "content": words}, {"knowledge_base": KB})
        ],
        "receive_ticket": [Request("POST", "/v1/inbound/tickets", {**ticket, "knowledge_base": KB})],
    }


def _desk(words: str) -> dict[str, list[Request]]:
    turns = [{"role": "customer", "text": f"How long is the warranty? {words}"}]
    canned = "/v1/canned-replies"
    return {
        "show_conversation": [Request("GET", "/v1/conversations/shared"), Request("GET", "/v1/conversations/none")],
        "list_faqs": [Request("GET", "/v1/faqs", params={"knowledge_base": KB, "query": word}) for word in ("", words)],
        "draft_reply": [Request("POST", "/v1/drafts", {"knowledge_base": KB, "turns": turns})],
        "suggest": [Request("POST", "/v1/suggestions", {"knowledge_base": KB, "turns": turns})],
        "judge_suggestion": [Request("POST", "/v1/suggestions/none/feedback", {"verdict": "accepted"})],
        "list_canned_replies": [Request("GET", canned, params={"knowledge_base": KB})],
        "add_canned_reply": [Request("POST", canned, {"knowledge_base": "none"})],
        "show_canned_reply": [Request("GET", f"{canned}/none")],
        "change_canned_reply": [Request("PUT", f"{canned}/none", {})],
        "delete_canned_reply": [Request("DELETE", f"{canned}/none")],
        "summarize": [Request("POST", "/v1/summaries", {"turns": turns})],
        "check_form": [
            Request(
                "POST",
                "/v1/forms/check",
                files=[("image", ("a.png", b"none"))],
                data={"knowledge_base": KB, "order": "{}"},
            )
        ],
    }


def _rpc(method: str, params: dict[str, Any]) -> Request:
    headers = {
        "Host": "localhost",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": "2025-06-18",
    }
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return Request("POST", "/mcp", body, headers=headers)


def _example(model: type[BaseModel]) -> dict[str, Any]:
    extra = model.model_config["json_schema_extra"]
    assert isinstance(extra, dict)
    example: dict[str, Any] = cast("Any", extra["examples"])[0]
    return example
