"""CORS: which pages of other origins may read what is replied (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.visitors import WRONG_PAGE
from api.problems import problem_of, response_of
from engine.api_keys import ApiKeys
from engine.domain.access import Principal
from engine.settings import Settings

__all__ = ["CrossOrigin"]

PREFIX: Final = "/v1/"
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match",
    "Access-Control-Max-Age": "600",
}
READABLE: Final = "ETag, Retry-After, X-Cache, X-Request-ID"


class CrossOrigin:
    """ASGI middleware that answers preflights, and lets pages read replies: those of a public key, and of the settings.

    A preflight names no key: it passes from the origins of any public key and from `page_origins`. A reply to a
    visitor is for the pages of the key, every other one for `page_origins`. Other pages can read nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it only asks whether it may be sent."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        if scope["method"] == "OPTIONS" and origin and "access-control-request-method" in headers:
            await (await _preflight(scope, origin))(scope, receive, send)
            return

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                told.add_vary_header("Origin")
                if origin and _may_read(scope, origin):
                    told["Access-Control-Allow-Origin"] = origin
                    told["Access-Control-Expose-Headers"] = READABLE
            await send(message)

        await self.app(scope, receive, readable)


async def _preflight(scope: Scope, origin: str) -> Response:
    keys: ApiKeys = scope["state"]["keys"]
    settings: Settings = scope["state"]["settings"]
    if origin in settings.page_origins or await run_in_threadpool(keys.are_used_from, origin):
        return Response(status_code=204, headers={**PREFLIGHT, "Access-Control-Allow-Origin": origin, "Vary": "Origin"})
    return response_of(problem_of(WRONG_PAGE, scope["path"]), {"Vary": "Origin"})


def _may_read(scope: Scope, origin: str) -> bool:
    principal: Principal | None = scope["state"].get("principal")
    if principal is not None and principal.public:
        return origin in principal.public.origins
    settings: Settings = scope["state"]["settings"]
    return origin in settings.page_origins
