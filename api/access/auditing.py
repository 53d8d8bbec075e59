"""Writing down who did what."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.rules import RULES
from engine.audit import record
from engine.domain.access import Principal
from engine.errors import EngineError
from engine.observability import get_logger
from engine.privacy import customer_hash
from engine.service import Engine

__all__ = ["Audit"]

logger = get_logger(__name__)
HASHED: Final = {"customer_id"}  # parameters of paths that may be personal


class Audit:
    """ASGI middleware that records calls of audited routes with their status, after they were answered.

    Nothing of bodies and queries is written down, and of personal ids a hash.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            name = getattr(scope.get("route"), "name", "")
            principal: Principal | None = scope["state"].get("principal")
            if principal is not None and name in RULES and RULES[name].audited:
                try:
                    await run_in_threadpool(_record, scope, principal, name, status)
                except EngineError:
                    logger.exception("a call could not be recorded")


def _record(scope: Scope, principal: Principal, name: str, status: int) -> None:
    engine: Engine = scope["state"]["views"].of(principal).engine
    if engine.parts.audit is None:
        logger.warning("there is no audit log")
        return
    record(engine.parts.audit, subject=principal.subject, action=name, target=_target(scope), status=status)


def _target(scope: Scope) -> str:
    parts = scope.get("path_params", {}).items()
    return " ".join(f"{name}={_said(name, str(value))}" for name, value in sorted(parts))


def _said(name: str, value: str) -> str:
    return f"sha256:{customer_hash(value)}" if name in HASHED else value
