"""Attend to a request from its first byte to its last: its id, its deadline, and whether the client is still there."""

from __future__ import annotations

import re
import time
import uuid
from typing import Final

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.serving import Observer, Served, Stop, serving

__all__ = ["REQUEST_ID", "Attending"]

REQUEST_ID: Final = "X-Request-ID"
_FIT = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class Attending:
    """ASGI middleware that names each request, and asks its work to stop once the client is gone or time is up.

    The id is the client's own `X-Request-ID` where it is a plain word; it stands in the response, in problem documents
    and in the log. Nothing is cancelled by force: what writes ends what it began.
    """

    def __init__(self, app: ASGIApp, *, timeout_s: float, observer: Observer | None = None) -> None:
        self.app = app
        self.timeout_s = timeout_s
        self.observer = observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        name = given if _FIT.fullmatch(given) else uuid.uuid4().hex
        stop = Stop(time.monotonic() + self.timeout_s)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = name
            await send(message)

        with serving(Served(name, stop, self.observer)):
            await _watched(self.app, scope, receive, named, stop)


async def _watched(app: ASGIApp, scope: Scope, receive: Receive, send: Send, stop: Stop) -> None:
    """Call the app while the connection is listened to; a body is read ahead by one message only."""
    sink, source = anyio.create_memory_object_stream[Message](1)

    async def listen() -> None:
        with sink:
            while (message := await receive())["type"] != "http.disconnect":
                await sink.send(message)
            stop.ask()

    async def read() -> Message:
        try:
            return await source.receive()
        except anyio.EndOfStream:
            return {"type": "http.disconnect"}

    with source:
        async with anyio.create_task_group() as group:
            group.start_soon(listen)
            await app(scope, read, send)
            group.cancel_scope.cancel()
