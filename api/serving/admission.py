"""How many requests are worked on at the same time, and how many may wait."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import OVERLOADED, problem, problem_of, response_of
from engine.errors import Stopped
from engine.serving import served

__all__ = ["Admission", "is_let_in"]

RETRY_AFTER_S: Final = 1
_FREE = ("/health/", "/metrics")
_FOLLOWED = "/events"


class Admission:
    """ASGI middleware with a bounded queue, first come, first served.

    What finds it full, or waits for longer than `wait_s`, gets 503 `overloaded` with Retry-After at once. Probes,
    metrics and connections that only follow a job take no place.
    """

    def __init__(self, app: ASGIApp, *, running: int, queued: int, wait_s: float) -> None:
        self.app = app
        self.queued = queued
        self.wait_s = wait_s
        self.waiting = 0
        self._places = anyio.Semaphore(running)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when there is a place for it."""
        if scope["type"] != "http" or is_let_in(scope["path"]):
            await self.app(scope, receive, send)
            return
        if not await self._enter():
            full = problem(OVERLOADED, scope["path"])
            await response_of(full, {"Retry-After": str(RETRY_AFTER_S)})(scope, receive, send)
            return
        try:
            served().stop.check()
            await self.app(scope, receive, send)
        except Stopped as gone:
            await response_of(problem_of(gone, scope["path"]))(scope, receive, send)
        finally:
            self._places.release()

    async def _enter(self) -> bool:
        """Tell whether a place was found in time."""
        with suppress(anyio.WouldBlock):
            self._places.acquire_nowait()
            return True
        if self.waiting >= self.queued:
            return False
        self.waiting += 1
        try:
            with anyio.move_on_after(self.wait_s) as patience:
                await self._places.acquire()
            return not patience.cancelled_caught
        finally:
            self.waiting -= 1


def is_let_in(path: str) -> bool:
    """Tell whether a request needs no place."""
    return path.startswith(_FREE) or path.endswith(_FOLLOWED)
