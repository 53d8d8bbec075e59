"""`/v1/documents/{id}/versions` and `/v1/documents/{id}/rollback`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.routes.documents import MAX_VERSION, DocumentId
from api.schemas.versions import ComparisonOut, RevisionOut, RollbackIn, VersionOut, VersionsOut
from api.serving.etags import unchanged
from api.state import EngineOf, in_turn
from engine.domain.validity import periods
from ingestion.connect import target_of
from ingestion.versions.comparison import compare
from ingestion.versions.revising import roll_back

__all__ = ["router"]

router = APIRouter(prefix="/v1/documents/{id}", tags=["documents"])
Version = Annotated[int, Path(ge=1, le=MAX_VERSION, description="Number of a version, from 1.")]


@router.get("/versions", responses=problems(404))
def list_versions(id: DocumentId, engine: EngineOf) -> VersionsOut:
    """List the versions of a document, the newest first, each with the days on which it is in force."""
    engine.parts.knowledge.document(id)
    return VersionsOut.of_document(engine.parts.knowledge, id)


@router.get("/versions/compare", responses=problems(404))
def compare_versions(
    id: DocumentId,
    engine: EngineOf,
    older: Annotated[int, Query(alias="from", ge=1, le=MAX_VERSION, description="The version to start from.")],
    newer: Annotated[int, Query(alias="to", ge=1, le=MAX_VERSION, description="The version to compare it with.")],
) -> ComparisonOut:
    """Compare two versions of a document section by section; sections that are the same are only counted."""
    return ComparisonOut.of(compare(engine.parts.knowledge, id, older, newer))


@router.get("/versions/{version}", responses=problems(404))
def show_version(id: DocumentId, version: Version, engine: EngineOf) -> VersionOut:
    """Show a version of a document; its text is at `/v1/documents/{id}/text`."""
    knowledge = engine.parts.knowledge
    return VersionOut.dated(knowledge.version(id, version), periods(knowledge.versions(id))[version])


@router.post("/rollback", responses=problems(404, 409, 412, 413), dependencies=[in_turn, unchanged])
def roll_back_document(id: DocumentId, body: RollbackIn, engine: EngineOf) -> RevisionOut:
    """Go back to an older version: its content becomes a new version, in force when the newest one was.

    Nothing is lost: the versions between stay, and one can go forward in the same way.
    """
    document = engine.parts.knowledge.document(id)
    return RevisionOut.of(roll_back(target_of(engine, document.knowledge_base), id, body.version))
