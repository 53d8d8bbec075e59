"""Count and log every request, by its route and never by what it carries."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.serving.metrics import Metrics
from engine.observability import get_logger

__all__ = ["Observing"]

logger = get_logger(__name__)


class Observing:
    """ASGI middleware that tells metrics and log how each request ended."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, begin = 499, time.perf_counter()  # as nginx says of a client that left before its answer

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.began()
        try:
            await self.app(scope, receive, noted)
        finally:
            seconds = time.perf_counter() - begin
            route = _template(scope)
            self.metrics.ended(route, scope["method"], status, seconds)
            logger.info("%s %s %d in %.1f ms", scope["method"], route or "(no route)", status, 1000 * seconds)


def _template(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", ""))
