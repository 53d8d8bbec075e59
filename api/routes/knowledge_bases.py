"""`/v1/knowledge-bases`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.base import KnowledgeBaseName
from api.schemas.knowledge_bases import KnowledgeBaseDetailOut, KnowledgeBaseIn, KnowledgeBaseOut, KnowledgeBasesOut
from api.state import EngineOf, in_turn

__all__ = ["router"]

router = APIRouter(prefix="/v1/knowledge-bases", tags=["knowledge bases"])
Name = Annotated[KnowledgeBaseName, Path()]


@router.get("", responses=problems(takes_input=False))
def list_knowledge_bases(engine: EngineOf) -> KnowledgeBasesOut:
    """List all knowledge bases by name."""
    return KnowledgeBasesOut(items=tuple(map(KnowledgeBaseOut.of, engine.parts.knowledge.knowledge_bases())))


@router.post("", status_code=201, responses=problems(409, 413))
def create_knowledge_base(body: KnowledgeBaseIn, engine: EngineOf) -> KnowledgeBaseOut:
    """Create an empty knowledge base."""
    return KnowledgeBaseOut.of(engine.create_knowledge_base(body.name, body.description))


@router.get("/{name}", responses=problems(404))
def show_knowledge_base(name: Name, engine: EngineOf) -> KnowledgeBaseDetailOut:
    """Show a knowledge base with the number of its documents and chunks."""
    return KnowledgeBaseDetailOut.counted(engine.parts.knowledge, name)


@router.delete("/{name}", status_code=204, responses=problems(404, 409), dependencies=[in_turn])
def delete_knowledge_base(name: Name, engine: EngineOf) -> None:
    """Delete a knowledge base with its documents and its index."""
    engine.delete_knowledge_base(name)
