"""Writes that a service acknowledges, and how often each of them is found in it afterwards."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

__all__ = ["KINDS", "KNOWLEDGE_BASE", "WARM", "Kind", "Reply", "Write", "sent", "warm_up", "writes_of"]

KNOWLEDGE_BASE = "desk"
TALK = "the one that feedback is about"
CUSTOMER = "the customer"  # and the conversation that most of the questions belong to
PAGE = 200  # of a list
HEADER = "Idempotency-Key"
WORDS = ("kettle", "purifier", "toaster", "warranty", "delivery", "invoice", "filter", "cable", "manual", "refund")


@dataclass(frozen=True, slots=True)
class Write:
    """A request that writes one thing; `mark` is a word that nothing else has, `key` its idempotency key.

    `about` is the conversation that it goes to, empty for a new one.
    """

    kind: str
    mark: str
    key: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the document, and whether it was the reply to an earlier request."""

    status: int
    content: Any
    replayed: bool

    @property
    def acknowledged(self) -> bool:
        """Whether the service said that it was done."""
        return 200 <= self.status < 300


class Kind(Protocol):
    """One kind of writes."""

    def request(self, write: Write) -> Mapping[str, Any]:
        """Return what `httpx.Client.request` takes."""
        ...

    def found(self, client: httpx.Client) -> Counter[str]:
        """Return how often each mark is there."""
        ...


class Documents:
    """Uploads of one page each, which are then in the list once, in their first version, and in the index."""

    def request(self, write: Write) -> Mapping[str, Any]:
        """Return the upload."""
        files = {"files": (f"{write.mark}.md", f"# {write.mark}\n\n{write.text}\n".encode(), "text/markdown")}
        form = {"knowledge_base": KNOWLEDGE_BASE, "wait": "true"}
        return {"method": "POST", "url": "/v1/documents", "data": form, "files": files}

    def found(self, client: httpx.Client) -> Counter[str]:
        """Count versions; what the index has not, or not with all of its passages, counts as absent."""
        counted = Counter[str]()
        for each in _pages(client, "/v1/documents", knowledge_base=KNOWLEDGE_BASE):
            versions = _json(client.get(f"/v1/documents/{each['id']}/versions"))["items"]
            passages = _searched(client, each["title"], each["id"])
            counted[each["title"]] += len(versions) if len(passages) == each["chunk_count"] else 0
        return counted


class Questions:
    """Questions of a customer, kept as turns of conversations; some of them begin one."""

    def request(self, write: Write) -> Mapping[str, Any]:
        """Return the question."""
        body = {"knowledge_base": KNOWLEDGE_BASE, "question": write.text, "customer_id": CUSTOMER}
        talk = {"conversation_id": write.about} if write.about else {}
        return {"method": "POST", "url": "/v1/answer", "json": {**body, **talk}}

    def found(self, client: httpx.Client) -> Counter[str]:
        """Count the turns of the customer by their last words."""
        kept = client.get(f"/v1/customers/{CUSTOMER}")
        talks = _json(kept)["conversations"] if kept.status_code != httpx.codes.NOT_FOUND else []
        turns = (turn["text"] for talk in talks for turn in talk["turns"] if turn["role"] == "customer")
        return Counter(str(text).split()[-1] for text in turns)


class Feedback:
    """Comments on the newest answer of a conversation that there is."""

    def request(self, write: Write) -> Mapping[str, Any]:
        """Return the feedback."""
        body = {"conversation_id": write.about, "verdict": "rejected", "comment": write.mark}
        return {"method": "POST", "url": "/v1/feedback", "json": body}

    def found(self, client: httpx.Client) -> Counter[str]:
        """Count the comments."""
        return Counter(str(each["comment"]) for each in _pages(client, "/v1/feedback"))


class CannedReplies:
    """Replies that are written beforehand."""

    def request(self, write: Write) -> Mapping[str, Any]:
        """Return the new reply."""
        body = {"knowledge_base": KNOWLEDGE_BASE, "shortcut": write.mark, "language": "en", "title": "What to send"}
        return {"method": "POST", "url": "/v1/canned-replies", "json": {**body, "text": write.text, "category": ""}}

    def found(self, client: httpx.Client) -> Counter[str]:
        """Count the shortcuts."""
        found = _json(client.get("/v1/canned-replies", params={"knowledge_base": KNOWLEDGE_BASE}))["items"]
        return Counter(str(each["shortcut"]) for each in found)


KINDS: Mapping[str, Kind] = {
    "document": Documents(),
    "question": Questions(),
    "feedback": Feedback(),
    "canned reply": CannedReplies(),
}


WARM = Write("document", "warm-up", "", "It boils.")
"""A page that is there from the beginning."""


def writes_of(kind: str, *, seed: int) -> Iterator[Write]:
    """Yield writes of a kind without end, the same for the same seed."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 (no secret)
    while True:
        mark = hashlib.sha256(chance.randbytes(8)).hexdigest()[:12]
        text = f"{' '.join(chance.choices(WORDS, k=12))} {mark}"
        talk = chance.choice((CUSTOMER, "")) if kind == "question" else TALK
        yield Write(kind, mark, str(uuid.UUID(bytes=chance.randbytes(16))), text, talk)


def sent(client: httpx.Client, write: Write) -> Reply:
    """Send a write; httpx.HTTPError if no reply comes."""
    response = client.request(**KINDS[write.kind].request(write), headers={HEADER: write.key})
    content = response.json() if response.content else None
    return Reply(response.status_code, content, "idempotency-replayed" in response.headers)


def warm_up(client: httpx.Client) -> None:
    """Have the service load what it loads at its first writes; feedback is about the answer."""
    client.request(**KINDS["document"].request(WARM)).raise_for_status()
    body = {"knowledge_base": KNOWLEDGE_BASE, "question": "Does it boil?", "conversation_id": TALK}
    client.post("/v1/answer", json=body).raise_for_status()


def _searched(client: httpx.Client, query: str, document: str) -> list[Any]:
    body = {"knowledge_base": KNOWLEDGE_BASE, "query": query, "filter": {"document_ids": [document]}}
    return list(_json(client.post("/v1/search", json=body))["passages"])


def _pages(client: httpx.Client, path: str, **query: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        page = _json(client.get(path, params={**query, "limit": PAGE, **({"cursor": cursor} if cursor else {})}))
        yield from page["items"]
        cursor = page["next_cursor"]


def _json(response: httpx.Response) -> Any:
    return response.raise_for_status().json()
