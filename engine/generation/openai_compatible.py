"""Any server that speaks the OpenAI chat protocol, through llama-index."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.errors import BackendFailed, Misconfigured
from engine.generation.deadline import until
from engine.generation.thinking import without_thinking
from engine.ports import Prompt

if TYPE_CHECKING:
    from engine.breaker import Breaker
    from engine.generation.client import ChatClient

__all__ = ["OpenAICompatibleGenerator"]

PROBE_S = 3.0
_NO_KEY = "none"  # the client falls back to OPENAI_API_KEY for an empty key, and would send it to `base_url`


class OpenAICompatibleGenerator:
    """Streams replies of a chat model at temperature 0.

    `timeout_s` limits a whole reply, retries and the loading of the client library included. Refused connections, 429
    and 5xx are tried again up to `retries` times, with growing pauses, as long as no text has come. With a `breaker`, a
    server that keeps failing is not asked for a while. Misconfigured for a URL or model that is empty.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        timeout_s: float = 20.0,
        retries: int = 2,
        breaker: Breaker | None = None,
    ) -> None:
        if urlsplit(base_url).scheme not in {"http", "https"}:
            raise Misconfigured("The language model's address is no http(s) URL.", remedy="Check llm_base_url.")
        if not model:
            raise Misconfigured("There is no name of a language model.", remedy="Set llm_model.")
        self._base_url = base_url
        self._api_key = api_key or _NO_KEY
        self._model = model
        self._timeout_s = timeout_s
        self._retries = retries
        self._breaker = breaker
        self._lock = threading.Lock()
        self._opened: ChatClient | None = None

    @property
    def model(self) -> str:
        """Name of the model, for the record."""
        return self._model

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply in pieces as they arrive; an empty reply yields nothing.

        BackendFailed when time is up, after the last retry, or when the server does not speak the protocol; some
        pieces may have come before. Its message quotes neither the prompt nor the server.
        """
        breaker = self._breaker
        if breaker and not breaker.allows():
            raise BackendFailed(f"The language model {self._model} keeps failing.", remedy="It is asked again soon.")
        try:
            yield from self._in_time(prompt)
        except BackendFailed:
            if breaker:
                breaker.failed()
            raise
        if breaker:
            breaker.succeeded()

    def probe(self) -> None:
        """Ask for the list of models; any answer but an error of the server will do, a refused key will not."""
        import httpx

        headers = {"Authorization": f"Bearer {self._api_key}"}
        try:
            status = httpx.get(f"{self._base_url.rstrip('/')}/models", headers=headers, timeout=PROBE_S).status_code
        except httpx.HTTPError as error:
            raise BackendFailed("The language model cannot be reached.", remedy="Check llm_base_url.") from error
        if status in {401, 403}:
            raise BackendFailed("The language model refuses the key.", remedy="Check llm_api_key.")
        if status >= 500:
            raise BackendFailed(f"The language model's server fails ({status}).", remedy="See its log.")

    def prepare(self) -> None:
        """Load the client library, which takes seconds, ahead of the first reply."""
        self._client()

    def close(self) -> None:
        """Close the connections to the server; a later stream opens new ones."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _in_time(self, prompt: Prompt) -> Iterator[str]:
        deadline = time.monotonic() + self._timeout_s
        try:
            yield from without_thinking(until(deadline, self._attempts(prompt, deadline)))
        except TimeoutError:
            raise BackendFailed(
                f"The language model {self._model} did not finish within {self._timeout_s:g} s.",
                remedy="Try again later, or raise llm_timeout_s.",
            ) from None

    def _client(self) -> ChatClient:
        from engine.generation.client import ChatClient

        with self._lock:
            if self._opened is None:
                self._opened = ChatClient(self._base_url, self._api_key, self._model, timeout_s=self._timeout_s)
            return self._opened

    def _attempts(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        from engine.generation.failures import LIBRARY_ERRORS, as_backend_failure, wait_before_retry

        client, attempt = self._client(), 0
        while True:
            started = False
            try:
                for piece in self._pieces(client, prompt):
                    started = True
                    yield piece
                return
            except LIBRARY_ERRORS as error:
                pause = wait_before_retry(error, attempt)
                out_of_time = pause is not None and time.monotonic() + pause >= deadline
                if started or pause is None or attempt == self._retries or out_of_time:
                    raise as_backend_failure(error, self._model) from None
            time.sleep(pause)
            attempt += 1

    def _pieces(self, client: ChatClient, prompt: Prompt) -> Iterator[str]:
        """Yield the pieces that carry text; BackendFailed if the reply holds no message of the protocol at all."""
        understood = False
        for piece in client.stream(prompt):
            understood = True
            if piece:
                yield piece
        if not understood:
            raise BackendFailed(
                f"The server of {self._model} did not answer in the OpenAI chat protocol.",
                remedy="Check llm_base_url; it usually ends in /v1.",
            )
