"""`/v1/documents`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query

from api.ingesting import Batch, ingest_batches, report_of
from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.documents import DocumentOut, DocumentPageOut, DocumentsQuery, DocumentTextOut
from api.schemas.ingestion import IngestOut
from api.schemas.uploads import UploadIn
from api.state import EngineOf, SettingsOf, in_turn
from api.uploads import UPLOAD, Uploaded

__all__ = ["router"]

router = APIRouter(prefix="/v1/documents", tags=["documents"])
MAX_VERSION = 2**31 - 1
DocumentId = Annotated[Identifier, Path(description="Id of a document.")]


@router.get("", responses=problems(404))
def list_documents(query: Annotated[DocumentsQuery, Query()], engine: EngineOf) -> DocumentPageOut:
    """List the documents of a knowledge base by uri, page by page."""
    engine.parts.knowledge.knowledge_base(query.knowledge_base)
    found = engine.parts.knowledge.documents(query.knowledge_base, after=query.cursor or "", limit=query.limit + 1)
    items = tuple(map(DocumentOut.of, found[: query.limit]))
    return DocumentPageOut(items=items, next_cursor=items[-1].id if len(found) > query.limit else None)


@router.post("", responses=problems(404, 409, 413), dependencies=[in_turn])
def upload_documents(
    body: Annotated[UploadIn, Form(media_type="multipart/form-data")], engine: EngineOf, settings: SettingsOf
) -> IngestOut:
    """Ingest files into a knowledge base and report what became of each.

    A file of the same name as an earlier upload becomes a new version of that document. Files that cannot be ingested
    are named in the report and do not stop the others, so that the status is 200 also where some failed.
    """
    engine.parts.knowledge.knowledge_base(body.knowledge_base)
    batch = Batch(UPLOAD, [Uploaded.of(file) for file in body.files])
    return IngestOut.summary(report_of(ingest_batches(engine, settings, body.knowledge_base, [batch])))


@router.get("/{id}", responses=problems(404))
def show_document(id: DocumentId, engine: EngineOf) -> DocumentOut:
    """Show a document and its current version."""
    return DocumentOut.of(engine.parts.knowledge.document(id))


@router.get("/{id}/text", responses=problems(404))
def show_document_text(
    id: DocumentId,
    engine: EngineOf,
    version: Annotated[int | None, Query(ge=1, le=MAX_VERSION, description="The current version if left out.")] = None,
) -> DocumentTextOut:
    """Return the stored text of a document version, to check a citation: `text[span.start:span.end] == quote`.

    Spans count Unicode code points, not bytes and not UTF-16 units.
    """
    chosen = version or engine.parts.knowledge.document(id).version
    return DocumentTextOut.of(engine.parts.knowledge.stored_text(id, chosen))


@router.delete("/{id}", status_code=204, responses=problems(404, 409), dependencies=[in_turn])
def delete_document(id: DocumentId, engine: EngineOf) -> None:
    """Delete a document with all its versions."""
    engine.delete_document(id)
