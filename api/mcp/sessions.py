"""The server over streamable HTTP, without sessions: every request stands alone and is authenticated like any other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, Protocol, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.mcp.tools import Reach

__all__ = ["Sessions", "delegated", "open_sessions"]

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
Handler = Callable[[Scope, Receive, Send], Awaitable[None]]


class Sessions(Protocol):
    """What serves the requests of the protocol."""

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        ...


@asynccontextmanager
async def open_sessions(allowed_hosts: tuple[str, ...], max_body_bytes: int) -> AsyncIterator[Sessions]:
    """Serve while the block lasts, under the names `allowed_hosts` and those of loopback.

    Requests with another `Host` or `Origin` are refused: a page in a browser could have been led here by its DNS.
    """
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    from api.mcp.server import build_server

    names = (*LOOPBACK, *allowed_hosts)
    security = TransportSecuritySettings(
        allowed_hosts=[host for name in names for host in (name, f"{name}:*")],
        allowed_origins=[
            f"{scheme}://{name}{port}" for name in names for scheme in ("http", "https") for port in ("", ":*")
        ],
    )
    manager = StreamableHTTPSessionManager(
        build_server(lambda context: cast("Request", context.request).state.reach),
        json_response=True,
        stateless=True,
        security_settings=security,
        max_request_body_size=max_body_bytes,
    )
    async with manager.run():
        yield manager


def delegated(sessions: Sessions, request: Request, reach: Reach) -> Response:
    """Return a response that lets the sessions serve the request, whose tools call what is in `reach`."""
    request.state.reach = reach
    return _Delegated(sessions.handle_request)


class _Delegated(Response):
    """A response that another ASGI application sends."""

    def __init__(self, handler: Handler) -> None:
        super().__init__()
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._handler(scope, receive, send)
