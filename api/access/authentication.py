"""Who calls: told before anything of the request is read."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.browsers import is_of_another_site
from api.access.rules import PUBLIC_PATHS, check_permitted
from api.access.tokens import Tokens
from api.access.visitors import WRONG_PAGE, is_on_its_page, sender_of
from api.problems import problem_of, refusal, response_of
from engine.api_keys import ApiKeys
from engine.domain.access import AccessRole, Principal
from engine.errors import Forbidden
from engine.settings import Settings

__all__ = ["OPEN", "Authenticate", "Credentials", "PrincipalOf", "permit"]

OPEN: Final = Principal("open", roles=frozenset(AccessRole))  # whoever reaches a server that asks for no credentials
ELSEWHERE: Final = Forbidden(
    "A page of another site sent this request, or it came under a name that is not known here.",
    remedy="Name your proxy in KNOWDESK_MCP_ALLOWED_HOSTS, or require keys.",
)
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="knowdesk"'}


class Credentials:
    """Tells whom a bearer credential stands for: an API key, or a token where tokens are configured."""

    def __init__(self, keys: ApiKeys, tokens: Tokens | None = None) -> None:
        self._keys = keys
        self._tokens = tokens

    def principal(self, text: str) -> Principal | None:
        """Return the principal; None for a credential that opens nothing."""
        if self._tokens is not None and text.count(".") == 2:
            return self._tokens.principal(text)
        return self._keys.principal(text)


class Authenticate:
    """ASGI middleware that puts the principal into the request's state, or answers 401.

    Without `credentials` in the lifespan state everybody is let in as `OPEN`, but for pages of other sites, which
    browsers would lead here. A public key is let in from its pages.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        credentials: Credentials | None = scope["state"].get("credentials")
        settings: Settings = scope["state"]["settings"]
        principal: Principal | None = OPEN
        headers = Headers(scope=scope)
        if credentials is not None:
            text = _sent(headers)
            principal = await run_in_threadpool(credentials.principal, text) if text else None
            if principal is None and (text or scope["path"] not in PUBLIC_PATHS):
                await refusal(401, scope["path"], CHALLENGE)(scope, receive, send)
                return
            if not is_on_its_page(principal, sender_of(headers, scope["scheme"])):
                await response_of(problem_of(WRONG_PAGE, scope["path"]))(scope, receive, send)
                return
        elif headers.get("origin") not in settings.page_origins and is_of_another_site(
            headers, settings.mcp_allowed_hosts
        ):
            await response_of(problem_of(ELSEWHERE, scope["path"]))(scope, receive, send)
            return
        scope["state"]["principal"] = principal
        await self.app(scope, receive, send)


async def principal_of(request: Request) -> Principal:
    """Return who calls; only for routes that are not public."""
    found: Principal = request.state.principal
    return found


async def permit(request: Request) -> None:
    """Raise Forbidden unless the caller may call the route."""
    check_permitted(request.state.principal, request.scope["route"].name)


def _sent(headers: Headers) -> str:
    scheme, _, text = headers.get("authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")


PrincipalOf = Annotated[Principal, Depends(principal_of)]
