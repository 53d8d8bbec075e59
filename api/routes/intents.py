"""`/v1/knowledge-bases/{name}/intents`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.base import KnowledgeBaseName
from api.schemas.intents import IntentId, IntentIn, IntentOut, IntentsIn, IntentsOut
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/knowledge-bases/{name}/intents", tags=["assist"])
Name = Annotated[KnowledgeBaseName, Path()]
Id = Annotated[IntentId, Path(description="Id of an intent.")]


@router.get("", responses=problems(404))
def list_intents(name: Name, assist: AssistOf) -> IntentsOut:
    """List the intents of a knowledge base by id."""
    return IntentsOut.shown(assist.taxonomy(name))


@router.put("", responses=problems(404, 413))
def replace_intents(name: Name, body: IntentsIn, assist: AssistOf) -> IntentsOut:
    """Replace the whole taxonomy at once; the next triage knows it."""
    assist.put_intents(name, body.to_domain(), replace_all=True)
    return IntentsOut.shown(assist.taxonomy(name))


@router.get("/{id}", responses=problems(404))
def show_intent(name: Name, id: Id, assist: AssistOf) -> IntentOut:
    """Show an intent with its examples."""
    return IntentOut.of(assist.intent(name, id))


@router.put("/{id}", responses=problems(404, 413))
def put_intent(name: Name, id: Id, body: IntentIn, assist: AssistOf) -> IntentOut:
    """Add an intent or replace it; the next triage knows it."""
    assist.put_intents(name, [body.to_domain(id)])
    return IntentOut.of(assist.intent(name, id))


@router.delete("/{id}", status_code=204, responses=problems(404))
def delete_intent(name: Name, id: Id, assist: AssistOf) -> None:
    """Delete an intent."""
    assist.delete_intent(name, id)
