"""A running service as the desk under test, through its public HTTP API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar, cast

import httpx
from pydantic import TypeAdapter, ValidationError

from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.domain.search import SearchResult
from engine.errors import BackendFailed, InvalidInput, Misconfigured, NotFound
from evals.subject import Setting

__all__ = ["HttpDesk", "open_http_desk"]

T = TypeVar("T")
MOST_PASSAGES = 100  # what POST /v1/search allows
TIMEOUT_S = 120.0
_ANSWER, _FOUND = TypeAdapter(Answer), TypeAdapter(SearchResult)
_JSON = dict[str, object]


class HttpDesk:
    """Asks one knowledge base of a service; may be used by several threads."""

    def __init__(self, client: httpx.Client, knowledge_base: str) -> None:
        self._client = client
        self._knowledge_base = knowledge_base
        self._text = lru_cache(maxsize=256)(self._fetched_text)

    @property
    def settings(self) -> Mapping[str, Setting]:
        """What is measured: the service's version and the knowledge base with what it holds now."""
        info = self._json("GET", "/openapi.json").get("info")
        version = info.get("version") if isinstance(info, dict) else None
        held = self._json("GET", f"/v1/knowledge-bases/{self._knowledge_base}")
        counts = {name: held.get(name) for name in ("documents", "chunks")}
        plain = {name: count for name, count in counts.items() if isinstance(count, int)}
        return {"service_version": str(version), "knowledge_base": self._knowledge_base, **plain}

    def search(self, query: str, *, limit: int) -> SearchResult:
        """Search; at most 100 passages."""
        body = {"knowledge_base": self._knowledge_base, "query": query, "limit": min(limit, MOST_PASSAGES)}
        return _read(_FOUND, self._json("POST", "/v1/search", body))

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        """Ask in a new conversation."""
        turns = [{"role": turn.role, "text": turn.text, "action": turn.action} for turn in history]
        body: _JSON = {"knowledge_base": self._knowledge_base, "question": question, "history": turns}
        found = self._json("POST", "/v1/answer", body | ({} if threshold is None else {"threshold": threshold}))
        return _read(_ANSWER, {**found, "text": found.get("answer")})

    def answers(
        self, question: str, *, history: Sequence[Turn] = (), thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        """Ask once for each threshold."""
        return (self.answer(question, history=history, threshold=each) for each in thresholds)

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        """Search: a service marks what it finds."""
        return self.search(query, limit=limit)

    def stored_text(self, document_id: str, version: int) -> str:
        """Fetch the text of a version; it never changes and is kept."""
        return self._text(document_id, version)

    def _fetched_text(self, document_id: str, version: int) -> str:
        return str(self._json("GET", f"/v1/documents/{document_id}/text?version={version}")["text"])

    def _json(self, method: str, path: str, body: _JSON | None = None) -> _JSON:
        try:
            response = self._client.request(method, path, json=body)
            found = response.json() if response.content else {}
        except (httpx.HTTPError, ValueError) as error:
            problem = f"{method} {path.partition('?')[0]} failed: {type(error).__name__}."
            raise BackendFailed(problem, remedy="Check --url and that the service runs.") from error
        if response.is_success:
            return cast("_JSON", found)
        detail = str(found.get("title") or found.get("detail") or "") if isinstance(found, dict) else ""
        problem = f"The service answered {response.status_code}: {detail}."
        if response.status_code in {401, 403}:
            raise Misconfigured(problem, remedy="Give a key with --api-key.")
        if response.status_code == 404:
            raise NotFound(problem, remedy="Check --url and --kb.")
        if response.status_code in {400, 413, 422}:
            raise InvalidInput(problem, remedy="Correct the question.")
        raise BackendFailed(problem, remedy="Look into the service's log.")


@contextmanager
def open_http_desk(url: str, knowledge_base: str, *, api_key: str = "") -> Iterator[HttpDesk]:
    """Connect to a service while the block lasts; NotFound if it has no such knowledge base."""
    headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=TIMEOUT_S)
    except httpx.InvalidURL as error:
        raise InvalidInput(f"{url!r} is not an address.", remedy="Give one such as http://127.0.0.1:8080.") from error
    with client:
        yield HttpDesk(client, knowledge_base)


def _read(adapter: TypeAdapter[T], found: _JSON) -> T:
    try:
        return adapter.validate_python(found)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"The service's answer cannot be read: {where}: {first['msg']}."
        raise BackendFailed(problem, remedy="Use a service of the same version.") from error
