"""One request to an OpenAI-compatible server through llama-index."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import cast

import httpx
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]

from engine.ports import Prompt
from engine.serving import served

__all__ = ["ChatClient"]

_STOPPED = "stop"


class ChatClient:
    """Streams replies at temperature 0, without retries; raises what the library raises.

    A response is read for at most `timeout_s` after its headers: the limits of httpx hold for one read only, and a
    server that never stops sending would be read for ever.
    """

    def __init__(self, base_url: str, api_key: str, model: str, *, timeout_s: float) -> None:
        def limit(response: httpx.Response) -> None:
            response.stream = _TimeLimited(cast("httpx.SyncByteStream", response.stream), time.monotonic() + timeout_s)

        self._http = httpx.Client(event_hooks={"response": [limit]}, follow_redirects=True)
        self._llm = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key,
            is_chat_model=True,
            temperature=0.0,
            timeout=timeout_s,
            max_retries=0,
            http_client=self._http,
        )
        _ = self._llm._get_client().chat.completions  # loaded at first use, which takes a while

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the text of each message of the protocol as it arrives; it may be empty.

        httpx.RemoteProtocolError if the reply ends before the model says why it stopped, or stopped at a limit: the
        client itself takes a connection that is cut between two messages for the end of the reply.
        """
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
            ChatMessage(role=MessageRole.USER, content=prompt.user),
        ]
        began, reason = False, ""
        for response in self._llm.stream_chat(messages):
            began = True
            reason = _finish_reason(response.raw) or reason
            _count(response.raw)
            yield response.delta or ""
        if began and reason != _STOPPED:  # a reply without any message is the caller's to judge
            raise httpx.RemoteProtocolError(f"The reply ended early ({reason or 'without a reason'}).")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def _finish_reason(raw: object) -> str:
    """Return why the model stopped, as a message of the protocol says; empty if it says nothing."""
    choices = getattr(raw, "choices", None) or []
    return next((choice.finish_reason for choice in choices if choice.finish_reason), "")


def _count(raw: object) -> None:
    """Tell who counts what the reply took, in the message in which the server says so, if it does."""
    usage, observer = getattr(raw, "usage", None), served().observer
    if usage and observer:
        observer.tokens(prompt=usage.prompt_tokens or 0, completion=usage.completion_tokens or 0)


class _TimeLimited(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("The response took too long.")
            yield chunk

    def close(self) -> None:
        self._stream.close()
