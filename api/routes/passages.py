"""`/v1/documents/{id}/passages` and `/v1/documents/{id}/corrections`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.routes.documents import DocumentId, VersionQuery
from api.schemas.passages import CorrectionIn, DocumentPassagesOut
from api.schemas.versions import RevisionOut
from api.serving.etags import unchanged
from api.state import EngineOf, in_turn
from ingestion.connect import target_of
from ingestion.versions.rewriting import rewrite

__all__ = ["router"]

router = APIRouter(prefix="/v1/documents/{id}", tags=["documents"])


@router.get("/passages", responses=problems(404))
def list_passages(id: DocumentId, engine: EngineOf, version: VersionQuery = None) -> DocumentPassagesOut:
    """List the passages that a document version is searched by; their text is at `/v1/documents/{id}/text`."""
    knowledge = engine.parts.knowledge
    chosen = knowledge.version(id, version) if version else knowledge.document(id)
    return DocumentPassagesOut.of_version(chosen, knowledge.chunks(id, chosen.version))


@router.post("/corrections", responses=problems(404, 409, 412, 413), dependencies=[in_turn, unchanged])
def correct_document(id: DocumentId, body: CorrectionIn, engine: EngineOf) -> RevisionOut:
    """Make a new version of a document in which a stretch of text says something else; it takes the newest one's place.

    Only the passages that change are embedded. The file that the document came from counts as seen: only when it
    changes, a later run takes it in again.
    """
    target = target_of(engine, engine.parts.knowledge.document(id).knowledge_base)
    return RevisionOut.of(rewrite(target, id, body.span.to_domain(), quote=body.quote, text=body.text))
