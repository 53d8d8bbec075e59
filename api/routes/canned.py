"""`/v1/canned-replies`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.schemas.canned import CannedIn, CannedListOut, CannedOut, CannedQuery, NewCannedIn
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/canned-replies", tags=["assist"])
Id = Annotated[str, Path(min_length=1, max_length=200, description="Id of a canned reply.")]


@router.get("", responses=problems(404))
def list_canned_replies(query: Annotated[CannedQuery, Query()], assist: AssistOf) -> CannedListOut:
    """List the canned replies of a knowledge base by shortcut and language, with how often they were used."""
    found = query.chosen(assist.canned.repository.replies(query.knowledge_base))
    return CannedListOut(items=tuple(map(CannedOut.of, found)))


@router.post("", status_code=201, responses=problems(404, 409, 413))
def add_canned_reply(body: NewCannedIn, assist: AssistOf) -> CannedOut:
    """Add a canned reply; the next suggestions know it."""
    return CannedOut.of(assist.canned.add(body.to_domain(body.knowledge_base)))


@router.get("/{id}", responses=problems(404))
def show_canned_reply(id: Id, assist: AssistOf) -> CannedOut:
    """Show a canned reply."""
    return CannedOut.of(assist.canned.repository.reply(id))


@router.put("/{id}", responses=problems(404, 409, 413))
def change_canned_reply(id: Id, body: CannedIn, assist: AssistOf) -> CannedOut:
    """Change a canned reply; its counts stay, its id goes with its shortcut and language."""
    return CannedOut.of(assist.canned.change(id, body.to_domain("")))


@router.delete("/{id}", status_code=204, responses=problems(404))
def delete_canned_reply(id: Id, assist: AssistOf) -> None:
    """Delete a canned reply."""
    assist.canned.repository.remove(id)
