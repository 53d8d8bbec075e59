"""Writing entries below `/v1/faqs`; they are documents, and deleted and rolled back as such."""

from __future__ import annotations

import uuid
from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from api.openapi import problems
from api.routes.documents import DocumentId
from api.schemas.documents import DocumentOut
from api.schemas.faq_entries import FaqIn, NewFaqIn
from api.serving.etags import unchanged
from api.state import EngineOf, in_turn, writing
from engine.errors import Conflict, NotFound
from engine.service import Engine
from ingestion.connect import target_of
from ingestion.entries import ENTRIES, WrittenEntry, write_entry
from ingestion.preparing import document_id

__all__ = ["router"]

router = APIRouter(prefix="/v1/faqs", tags=["knowledge bases"])


@router.post("", status_code=201, responses=problems(404, 409, 413))
async def add_faq(body: NewFaqIn, request: Request, engine: EngineOf) -> DocumentOut:
    """Write an entry of its own; the next question is answered from it."""
    entry = body.to_domain()
    await run_in_threadpool(engine.parts.knowledge.knowledge_base, body.knowledge_base)
    async with writing(request, body.knowledge_base):
        return DocumentOut.of(await run_in_threadpool(partial(_add, engine, body.knowledge_base, entry)))


@router.put("/{id}", responses=problems(404, 409, 412, 413), dependencies=[in_turn, unchanged])
def change_faq(id: DocumentId, body: FaqIn, engine: EngineOf) -> DocumentOut:
    """Write an entry in other words: a new version of its document. Only what was written here can be changed so."""
    known = engine.parts.knowledge.document(id)
    if known.source != ENTRIES:
        raise Conflict(f"Document {id} was not written as an entry.", remedy="Change the file that it came from.")
    write_entry(target_of(engine, known.knowledge_base), body.to_domain(), source=ENTRIES, uri=known.uri)
    return DocumentOut.of(engine.parts.knowledge.document(id))


def _add(engine: Engine, knowledge_base: str, entry: WrittenEntry) -> object:
    """Write a new entry and return its document; Conflict if that question has one already."""
    uri = f"{ENTRIES}/{uuid.uuid5(uuid.NAMESPACE_OID, entry.question.casefold())}"
    key = document_id(knowledge_base, ENTRIES, uri)
    if _is_there(engine, key):
        raise Conflict("There is an entry for this question.", remedy=f"Change it: PUT /v1/faqs/{key}.")
    write_entry(target_of(engine, knowledge_base), entry, source=ENTRIES, uri=uri)
    return engine.parts.knowledge.document(key)


def _is_there(engine: Engine, key: str) -> bool:
    try:
        engine.parts.knowledge.document(key)
    except NotFound:
        return False
    return True
