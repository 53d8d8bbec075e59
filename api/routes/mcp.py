"""`POST /mcp`: the Model Context Protocol over streamable HTTP."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from api.access.authentication import PrincipalOf
from api.access.rules import check_permitted
from api.mcp.sessions import delegated
from api.mcp.tools import Reach
from api.state import AssistOf, EngineOf, SessionsOf

__all__ = ["router"]

router = APIRouter(tags=["mcp"])


@router.post("/mcp", include_in_schema=False)
async def serve_mcp(
    request: Request, engine: EngineOf, assist: AssistOf, sessions: SessionsOf, principal: PrincipalOf
) -> Response:
    """Serve one message of the protocol, which describes itself: tools and documents are listed over it."""
    return delegated(sessions, request, Reach(engine, assist, partial(check_permitted, principal)))
