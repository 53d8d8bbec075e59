"""Embedding services behind a transport of httpx: what they accept, what they say of themselves, how they fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx

from engine.breaker import Breaker
from engine.embedding.service import ServiceEmbedder
from engine.embedding.service_known import ServiceOptions
from engine.ports import Embedder
from tests.fakes.embedding import HashEmbedder
from tests.waiting import PATIENCE_S

__all__ = ["FakeService", "Kind"]


class Kind(StrEnum):
    """Whose protocol it speaks."""

    OPENAI = "openai"
    VLLM = "vllm"
    TEI = "text-embeddings-inference"


@dataclass
class FakeService:
    """A service of the model `model`; `next` are the replies to the next requests, then all is well.

    `longest` is the length in characters from which on a text is refused, or cut where it is asked to be; `most` how
    many texts a request may hold. `requests` are path and body of what it was sent.
    """

    kind: Kind = Kind.OPENAI
    model: str = "acme/fake"
    sha: str | None = "abc123"
    embedder: Embedder = field(default_factory=lambda: HashEmbedder(8))
    longest: int = 1_000_000
    most: int = 32
    takes_s: float = 0.0
    next: list[httpx.Response | Exception] = field(default_factory=list)
    altered: Callable[[list[Any]], object] = list
    """What becomes of the rows of a reply."""
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    at_once: int = 0
    _running: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def embedding(self, *, breaker: Breaker | None = None, **options: Any) -> ServiceEmbedder:
        """Return an embedder that asks this service with much time, and notes its pauses instead of waiting."""
        patient = {"timeout_s": PATIENCE_S, "query_timeout_s": PATIENCE_S}
        chosen = ServiceOptions(**{"url": "http://service/v1", "model": self.model, **patient, **options})
        return ServiceEmbedder(chosen, transport=httpx.MockTransport(self), sleep=self.pauses.append, breaker=breaker)

    @property
    def texts(self) -> list[list[str]]:
        """What was to be embedded, request by request."""
        return [body.get("input") or body["inputs"] for _, body in self.requests if body]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        body = json.loads(request.content or b"{}")
        with self._lock:
            self._running += 1
            self.at_once = max(self.at_once, self._running)
            self.requests.append((request.url.path, body))
            self.keys.append(request.headers.get("authorization"))
            planned = self.next.pop(0) if self.next else None
        time.sleep(self.takes_s)
        with self._lock:
            self._running -= 1
        if isinstance(planned, Exception):
            raise planned
        return planned or self._answer(request.url.path, body)

    def _answer(self, path: str, body: dict[str, Any]) -> httpx.Response:
        if self.kind is Kind.TEI and path == "/info":
            told = {"model_id": self.model, "model_sha": self.sha, "model_type": {"embedding": {"pooling": "cls"}}}
            return httpx.Response(200, json={**told, "max_client_batch_size": self.most, "max_input_length": 512})
        if self.kind is not Kind.TEI and path == "/v1/models":
            vllm = {"owned_by": "vllm", "max_model_len": 512, "root": self.sha}
            return httpx.Response(
                200, json={"data": [{"id": self.model, **(vllm if self.kind is Kind.VLLM else {"owned_by": "me"})}]}
            )
        if path == ("/embed" if self.kind is Kind.TEI else "/v1/embeddings"):
            return self._embedded(body)
        return httpx.Response(404, text="nothing here")

    def _embedded(self, body: dict[str, Any]) -> httpx.Response:
        texts: list[str] = body.get("input") or body["inputs"]
        cut = body.get("truncate") or "truncate_prompt_tokens" in body
        refused = len(texts) > self.most or any(not text or (len(text) > self.longest and not cut) for text in texts)
        if refused:
            return httpx.Response(413, json={"error": f"refused: {texts}"})  # real ones repeat what they are asked
        rows = self.embedder.embed_passages([text[: self.longest] for text in texts]).tolist()
        if self.kind is Kind.TEI:
            return httpx.Response(200, json=self.altered(rows))
        data = [{"index": place, "embedding": row, "object": "embedding"} for place, row in enumerate(rows)]
        return httpx.Response(200, json={"data": self.altered(data), "model": self.model})
