"""Calls to an embedding service: what passes by itself is tried again, the rest becomes an error of ours."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx

from engine.errors import BackendFailed, Misconfigured
from engine.patience import Patience, retry_after
from engine.serving import served

__all__ = ["Refused", "ServiceCalls"]

CONNECT_S: Final = 5.0
_PASSING: Final = frozenset({408, 409, 424, 425, 429})  # and 5xx; 424: text-embeddings-inference had a failure within
_TEXTS: Final = frozenset({400, 413, 422})
_REMEDIES: Final = {
    401: "Check embedding_api_key.",
    403: "Check embedding_api_key and what it allows.",
    404: "Check embedding_url and the name in embedding_model.",
    429: "Its limits are reached: try again later, or lower embedding_threads.",
}


class Refused(Exception):
    """The service does not take these texts: too many of them, too long a one, or what it cannot read."""


class _Passing(Exception):
    """The service is busy or has a failure of its own; it may say after how many seconds to come again."""

    def __init__(self, status: int, asked_s: float) -> None:
        super().__init__(status)
        self.status, self.asked_s = status, asked_s


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


class ServiceCalls:
    """Sends requests that do no harm when they are made twice; safe to use from several threads.

    `url` may end in /v1; Misconfigured if it is none of http(s). Connections are opened at the first call.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        patience: Patience,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Misconfigured("The embedding service's address is no http(s) URL.", remedy="Check embedding_url.")
        self._root = url.rstrip("/").removesuffix("/v1")
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._patience = patience
        self._transport = transport
        self._sleep = sleep
        self._lock = threading.Lock()
        self._opened: httpx.Client | None = None

    def post(self, path: str, body: Mapping[str, object], *, deadline: float, retries: int | None = None) -> object:
        """Return the JSON of the reply; Refused if the texts are not taken, BackendFailed if it cannot be had.

        `deadline` is a time of `time.monotonic()`, retries and pauses included. No message quotes what was sent.
        """
        reply = self._answered("POST", path, body, deadline=deadline, retries=retries)
        if reply.status in _TEXTS:
            raise Refused(reply.status)
        if reply.status != 200:
            raise _failure(reply.status)
        return _decoded(reply.body)

    def look(self, path: str, *, deadline: float, retries: int | None = None) -> object:
        """Return the JSON of what is at a path, or None if nothing is there that we can read.

        BackendFailed if the service cannot be reached or fails.
        """
        reply = self._answered("GET", path, None, deadline=deadline, retries=retries)
        try:
            return json.loads(reply.body) if reply.status == 200 else None
        except ValueError:
            return None

    def probe(self, path: str, *, within_s: float) -> None:
        """Ask once; any answer but a failure will do, a refused key will not."""
        status = self._answered("GET", path, None, deadline=time.monotonic() + within_s, retries=0).status
        if status in {401, 403}:
            raise _failure(status)

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _answered(
        self, method: str, path: str, body: Mapping[str, object] | None, *, deadline: float, retries: int | None
    ) -> _Reply:
        """Return the reply to a request that is repeated while it may pass; Stopped if nobody waits any more."""
        most = self._patience.retries if retries is None else min(retries, self._patience.retries)
        failed = 0
        while True:
            served().stop.check()
            try:
                return self._once(method, path, body, deadline)
            except (httpx.TransportError, httpx.DecodingError, _Passing) as error:
                failed += 1
                pause = self._patience.pause(failed, error.asked_s if isinstance(error, _Passing) else 0.0)
                if failed > most or time.monotonic() + pause >= deadline:
                    raise _given_up(error, failed) from None
            self._sleep(pause)

    def _once(self, method: str, path: str, body: Mapping[str, object] | None, deadline: float) -> _Reply:
        """Send it once; a reply is read until `deadline`, because httpx limits single reads only."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("No time is left.")
        limits, received = httpx.Timeout(left, connect=min(left, CONNECT_S)), bytearray()
        with self._client().stream(method, f"{self._root}{path}", json=body, timeout=limits) as response:
            for piece in response.iter_bytes():
                received += piece
                if time.monotonic() >= deadline:
                    raise httpx.ReadTimeout("The reply took too long.")
        if response.status_code in _PASSING or response.status_code >= 500:
            raise _Passing(response.status_code, retry_after(response.headers) or 0.0)
        return _Reply(response.status_code, response.headers, bytes(received))

    def _client(self) -> httpx.Client:
        with self._lock:
            if self._opened is None:
                self._opened = httpx.Client(headers=self._headers, transport=self._transport)
            return self._opened


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        raise BackendFailed(
            "The embedding service did not answer in JSON.", remedy="Check embedding_url; it usually ends in /v1."
        ) from None


def _failure(status: int) -> BackendFailed:
    remedy = _REMEDIES.get(status, "Look into its log.")
    return BackendFailed(f"The embedding service refused with HTTP status {status}.", remedy=remedy)


def _given_up(error: Exception, times: int) -> BackendFailed:
    often = "" if times == 1 else f", {times} times"
    if isinstance(error, _Passing):
        remedy = _REMEDIES.get(error.status, "Look into its log.")
        return BackendFailed(f"The embedding service failed with HTTP status {error.status}{often}.", remedy=remedy)
    if isinstance(error, httpx.TimeoutException):
        return BackendFailed(
            f"The embedding service did not answer in time{often}.", remedy="Look at its load, or raise the timeouts."
        )
    return BackendFailed(
        f"The embedding service cannot be reached{often}.", remedy="Check that it runs, and embedding_url."
    )
