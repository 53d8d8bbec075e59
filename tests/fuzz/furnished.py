"""A service on a real port with something of everything in it, and a key for each role."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.assembly import build_engine
from engine.domain.access import AccessRole
from engine.domain.webhook import DisabledBecause, Webhook, WebhookEvent
from engine.records import open_api_keys
from engine.service import Engine
from engine.settings import Settings, load_settings
from tests.fakes.embedding import HashEmbedder
from tests.serving import serving

__all__ = ["Furnished", "Ids", "furnished"]

KB = "shop"
SPARE = 20  # of what requests delete
TEXT = "# Returns\n\nYou may return unused goods within 30 days. We pay for the parcel if they are faulty.\n"
TURNS = [{"role": "customer", "text": "My order MV-2026-118420 is late. Where is my parcel?"}]
CANNED = {
    "knowledge_base": KB,
    "shortcut": "late",
    "language": "en",
    "title": "Where is my parcel?",
    "text": "Sorry, order {order_number} is late.",
    "category": "delivery",
}
INTENT = {"examples": ["Where is my parcel?"], "category": "delivery", "required": ["order_number"]}
Ids = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Furnished:
    """Where it listens, the keys, and the ids of what is there, by its kind."""

    address: str
    keys: Mapping[AccessRole, str]
    ids: Ids


@contextmanager
def furnished(folder: Path) -> Iterator[Furnished]:
    """Serve a new data folder that asks for keys; requests reach nothing beyond it."""
    settings = load_settings(
        data_dir=folder / "data",
        parse_workers=0,
        auth="required",
        intent_encoder="bundled",
        url_allowed_hosts=["shop.invalid"],
        url_delay_s=0,
    )
    keys, spare = _keys(settings)
    engine = build_engine(settings, embedder=HashEmbedder())
    try:
        with serving(create_app(settings, engine=engine)) as address:
            headers = {"Authorization": f"Bearer {keys[AccessRole.ADMIN]}"}
            with httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as admin:
                ids = {**_knowledge(admin), **_desk(admin), "webhook": _webhooks(engine), "key": spare}
            yield Furnished(address, keys, ids)
    finally:
        engine.close()


def _keys(settings: Settings) -> tuple[dict[AccessRole, str], tuple[str, ...]]:
    with open_api_keys(settings) as keys:
        made = {role: keys.create(KeyRequest(f"the {role}", [role]))[1] for role in AccessRole}
        spare = (keys.create(KeyRequest("to revoke", [AccessRole.BOT]))[0].id for _ in range(SPARE))
        return made, tuple(spare)


def _knowledge(admin: httpx.Client) -> dict[str, tuple[str, ...]]:
    """Fill knowledge bases, and leave jobs that are done and that failed."""
    spare = [f"spare-{number}" for number in range(SPARE)]
    for name in (KB, *spare):
        _sent(admin, "POST", "/v1/knowledge-bases", json={"name": name})
    files = [("files", (f"page-{number}.md", TEXT.replace("30", str(number)).encode())) for number in range(SPARE)]
    _sent(admin, "POST", "/v1/documents", data={"knowledge_base": KB}, files=files)
    items = _sent(admin, "GET", "/v1/documents", params={"knowledge_base": KB})["items"]
    documents = tuple(each["id"] for each in items)
    for each in documents[: SPARE // 2]:
        _sent(admin, "PATCH", f"/v1/documents/{each}", json={"tags": ["edited"]})
    jobs = tuple(_job(admin, content) for content in (b"# Kettle\n\nIt boils.\n", b"%PDF-1.7 this is none"))
    base = f"/v1/knowledge-bases/{KB}"
    _sent(admin, "PUT", f"{base}/intents/track", json=INTENT)
    _sent(admin, "POST", f"{base}/words", json={"items": [{"word": "Acme"}]})
    return {"kb": (*spare, *[KB] * SPARE), "document": documents, "job": jobs, "intent": ("track",)}


def _desk(admin: httpx.Client) -> dict[str, tuple[str, ...]]:
    """Leave a canned reply, a conversation of a customer with feedback, and a suggestion."""
    canned = _sent(admin, "POST", "/v1/canned-replies", json=CANNED)["id"]
    asked = {"knowledge_base": KB, "question": "How long may I return unused goods?", "customer_id": "c-1"}
    answer = _sent(admin, "POST", "/v1/answer", json=asked)
    said = {"conversation_id": answer["conversation_id"], "verdict": "accepted"}
    _sent(admin, "POST", "/v1/feedback", json=said)
    suggested = _sent(admin, "POST", "/v1/suggestions", json={"knowledge_base": KB, "turns": TURNS})["items"]
    return {
        "canned": (canned,),
        "conversation": (answer["conversation_id"],),
        "answer": (answer["answer_id"],),
        "customer": ("c-1",),
        "suggestion": tuple(each["id"] for each in suggested),
    }


def _webhooks(engine: Engine) -> tuple[str, ...]:
    """Leave some that are switched off."""
    assert engine.parts.webhooks is not None
    ids = tuple(f"wh_{number:016}" for number in range(SPARE))
    for each in ids:
        hook = Webhook(
            each,
            "https://shop.invalid/hook",
            frozenset({WebhookEvent.JOB_DONE}),
            time.time(),
            disabled_because=DisabledBecause.SWITCHED_OFF,
        )
        engine.parts.webhooks.add(hook, "c2VjcmV0")
    return ids


def _job(admin: httpx.Client, content: bytes) -> str:
    form = {"knowledge_base": KB, "wait": "false"}
    job = _sent(admin, "POST", "/v1/documents", data=form, files=[("files", ("file", content))])["id"]
    admin.get(f"/v1/jobs/{job}/events").raise_for_status()
    return str(job)


def _sent(admin: httpx.Client, method: str, path: str, **sent: Any) -> Any:
    response = admin.request(method, path, **sent)
    assert response.is_success, response.text
    return json.loads(response.content)
