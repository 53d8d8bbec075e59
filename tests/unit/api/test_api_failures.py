from __future__ import annotations

import io
import json

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.failures import CatchFailures
from engine.observability import configure_logging

PRIVATE = "I live at 3 Elm Road"


def _sent(*messages: Message, kind: str = "http") -> list[Message]:
    """Run the guard around an app that sends `messages` and then breaks; return what the client gets."""
    got: list[Message] = []

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        raise RuntimeError(PRIVATE)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(message)

    scope = {"type": kind, "method": "POST", "path": "/v1/answer", "headers": []}
    anyio.run(CatchFailures(broken), scope, receive, send)
    return got


def test_an_exception_becomes_a_problem() -> None:
    start, body = _sent()
    assert start["status"] == 500
    assert (b"content-type", b"application/problem+json") in start["headers"]
    problem = json.loads(body["body"])
    assert problem["type"] == "/problems/internal-error"
    assert problem["instance"] == "/v1/answer"
    assert PRIVATE not in str(problem)


def test_the_log_names_the_place_but_not_the_content(log: io.StringIO) -> None:
    _sent()
    assert "RuntimeError" in log.getvalue()
    assert "test_api_failures.py" in log.getvalue()
    assert PRIVATE not in log.getvalue()


def test_private_content_is_logged_only_if_wanted(log: io.StringIO) -> None:
    configure_logging(private_content=True, stream=log)
    _sent()
    assert PRIVATE in log.getvalue()


def test_a_response_that_has_begun_is_left_as_it_is() -> None:
    begun = {"type": "http.response.start", "status": 200, "headers": []}
    assert _sent(begun) == [begun]


def test_what_is_not_http_is_not_answered() -> None:
    with pytest.raises(RuntimeError):
        _sent(kind="lifespan")
