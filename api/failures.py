"""The outermost guard: what nobody foresaw becomes a problem document and a log entry without private content."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of, response_of
from engine.observability import get_logger

__all__ = ["CatchFailures"]

logger = get_logger(__name__)


class CatchFailures:
    """ASGI middleware that answers unexpected exceptions with 500.

    It stands in for the server's own report, which would print the messages of exceptions: a database error quotes
    its parameters, so that a question could end up in the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            logger.exception("%s failed", scope["method"])
            if not started:
                await response_of(problem_of(error, scope["path"]))(scope, receive, send)
