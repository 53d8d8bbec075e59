from __future__ import annotations

import io
import json
from collections.abc import Generator, Iterator
from typing import cast

import anyio
import pytest
from starlette.types import Message, Scope

from api.schemas.answers import AnswerOut, CitationOut
from api.streaming import answer_stream
from engine.domain.answer import (
    Answer,
    AnswerEvent,
    AnswerMode,
    AnswerText,
    Citation,
    CitationEvent,
    DoneEvent,
    Question,
    TokenEvent,
)
from engine.domain.knowledge import DocumentKind, Span
from engine.errors import BackendFailed, EngineError, NotFound

CITATION = Citation(
    "1", "d", 1, "T\n\nT", "u", DocumentKind.PAGE, "en", (), None, Span(0, 4), "kept\r\n", Span(0, 4), 0.5
)
ANSWER = Answer(
    "c", Question("q", "q", "en"), AnswerText("two\nlines 退货", "en", AnswerMode.EXTRACTIVE), (CITATION,), 0.7
)
WHOLE: tuple[AnswerEvent, ...] = (
    TokenEvent("two\n"),
    CitationEvent(CITATION),
    TokenEvent("lines 退货"),
    DoneEvent(ANSWER),
)
SCOPE: Scope = {"type": "http", "method": "POST", "path": "/v1/answer", "headers": []}


def _breaks(events: tuple[AnswerEvent, ...], error: Exception) -> Iterator[AnswerEvent]:
    yield from events
    raise error


def _received(events: Iterator[AnswerEvent]) -> list[tuple[str, object]]:
    """Send the events as a response; return the name and data of each as a client decodes it."""
    body: list[bytes] = []

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        body.append(message.get("body", b""))

    async def respond() -> None:
        await (await answer_stream(events, "/v1/answer"))(SCOPE, receive, send)

    anyio.run(respond)
    return [_decoded(block) for block in b"".join(body).decode().split("\r\n\r\n") if block]


def _decoded(block: str) -> tuple[str, object]:
    fields = [line.split(": ", 1) for line in block.split("\r\n")]
    return dict(fields)["event"], json.loads("\n".join(value for name, value in fields if name == "data"))


def test_events_arrive_in_order_with_their_data() -> None:
    assert _received(iter(WHOLE)) == [
        ("token", {"text": "two\n"}),
        ("citation", CitationOut.of(CITATION).model_dump(mode="json")),
        ("token", {"text": "lines 退货"}),
        ("done", AnswerOut.of(ANSWER).model_dump(mode="json")),
    ]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BackendFailed("The model is away.", remedy="Wait."), "/problems/backend-failed"),
        (RuntimeError("private words"), "/problems/internal-error"),
    ],
)
def test_a_break_after_the_start_is_the_last_event(error: Exception, kind: str, log: io.StringIO) -> None:
    received = _received(_breaks(WHOLE[:2], error))
    assert [name for name, _ in received] == ["token", "citation", "error"]
    problem = cast("dict[str, object]", received[-1][1])
    assert (problem["type"], problem["instance"]) == (kind, "/v1/answer")
    assert "private words" not in str(problem)
    assert "a streamed answer failed" in log.getvalue()
    assert "private words" not in log.getvalue()


@pytest.mark.parametrize("error", [NotFound("No such knowledge base."), RuntimeError("private words")])
def test_an_error_before_the_start_is_raised(error: Exception, log: io.StringIO) -> None:
    with pytest.raises((EngineError, RuntimeError)) as raised:
        _received(_breaks((), error))
    assert raised.value is error
    assert log.getvalue() == ""


class _Watched:
    """An answer without end that knows how far it was pulled and whether it was closed."""

    def __init__(self) -> None:
        self.pulled = 0
        self.closed = False

    def events(self) -> Generator[AnswerEvent]:
        try:
            while True:
                self.pulled += 1
                yield TokenEvent("x")
        finally:
            self.closed = True


def test_no_more_is_pulled_once_the_client_is_gone() -> None:
    watched = _Watched()
    sent = 0

    async def respond() -> None:
        gone = anyio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal sent
            sent += 1
            if sent == 4:  # the start and three events
                gone.set()
                await anyio.sleep_forever()  # as a socket that nobody reads

        with anyio.fail_after(5):
            await (await answer_stream(watched.events(), "/v1/answer"))(SCOPE, receive, send)

    anyio.run(respond)
    assert sent == 4
    assert watched.pulled == 3
    assert watched.closed
