"""`/v1/documents`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.ingesting import Batch, ingest_batches, report_of
from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.documents import (
    DocumentDetailOut,
    DocumentIn,
    DocumentOut,
    DocumentPageOut,
    DocumentsQuery,
    DocumentTextOut,
    RegionsOut,
)
from api.schemas.ingestion import IngestOut
from api.schemas.jobs import JobOut
from api.schemas.uploads import UploadIn
from api.schemas.versions import RevisionOut
from api.serving.etags import NOT_MODIFIED, IfNoneMatch, tagged, unchanged
from api.state import EngineOf, JobsOf, SettingsOf, in_turn, in_worker, writing
from api.uploads import Uploaded
from ingestion.connect import target_of
from ingestion.jobs.values import UPLOAD, JobSpec
from ingestion.sources import Noted
from ingestion.versions.duplicates import duplicates_of
from ingestion.versions.revising import revise

__all__ = ["router"]

router = APIRouter(prefix="/v1/documents", tags=["documents"])
QUEUED = {"model": JobOut, "description": "The job that ingests the files."}
MAX_VERSION = 2**31 - 1
DocumentId = Annotated[Identifier, Path(description="Id of a document.")]
VersionQuery = Annotated[int | None, Query(ge=1, le=MAX_VERSION, description="The newest version if left out.")]


@router.get("", responses=problems(404))
def list_documents(query: Annotated[DocumentsQuery, Query()], engine: EngineOf) -> DocumentPageOut:
    """List the documents of a knowledge base by uri, page by page."""
    engine.parts.knowledge.knowledge_base(query.knowledge_base)
    knowledge, name, wanted = engine.parts.knowledge, query.knowledge_base, query.to_domain()
    found = knowledge.documents(name, filter=wanted, after=query.cursor or "", skip=query.skip, limit=query.limit + 1)
    items = tuple(map(DocumentOut.of, found[: query.limit]))
    cursor = items[-1].id if len(found) > query.limit else None
    total = knowledge.tally(name, filter=wanted).documents if query.count else None
    return DocumentPageOut(items=items, next_cursor=cursor, total=total)


@router.post("", response_model=IngestOut, responses={202: QUEUED, **problems(404, 409, 413)})
async def upload_documents(
    body: Annotated[UploadIn, Form(media_type="multipart/form-data")],
    request: Request,
    engine: EngineOf,
    settings: SettingsOf,
    jobs: JobsOf,
) -> IngestOut | Response:
    """Ingest files into a knowledge base and report what became of each, or queue a job that does.

    A file of the same name as an earlier upload becomes a new version of that document. Files that cannot be ingested
    are named in the report and do not stop the others, so that the status is 200 also where some failed. With
    `wait: false`, and for large uploads, the status is 202 and the body the job, whose `report` comes at its end.
    """
    name, files = body.knowledge_base, [Noted(Uploaded.of(file), body.notes) for file in body.files]
    await run_in_threadpool(engine.parts.knowledge.knowledge_base, name)
    if not body.waits:
        job = JobOut.shown(await run_in_threadpool(jobs.submit, JobSpec(name, ()), files))
        return Response(job.model_dump_json(), 202, media_type="application/json")
    parsed = await in_worker(request, partial(jobs.parsed, name, UPLOAD, files))
    batch = Batch(UPLOAD, parsed.files)
    async with writing(request, name):
        events = ingest_batches(engine, settings, name, [batch], parse=parsed.parse)
        return IngestOut.summary(await run_in_threadpool(report_of, events))


@router.get("/{id}", response_model=DocumentDetailOut, responses={**NOT_MODIFIED, **problems(404)})
def show_document(id: DocumentId, engine: EngineOf, if_none_match: IfNoneMatch = "") -> Response:
    """Show a document and its newest version, the one that is in force today, and documents that are much like it.

    The `ETag` goes into `If-Match` of a change, so that none is made to a version that the client has not seen.
    """
    knowledge = engine.parts.knowledge
    document = knowledge.document(id)
    current = knowledge.in_force([id], engine.options.today()).get(id)
    shown = DocumentDetailOut.detailed(document, current, duplicates_of(knowledge, document))
    return tagged(shown, document.version, if_none_match)


@router.patch("/{id}", responses=problems(404, 409, 412, 413), dependencies=[in_turn, unchanged])
def edit_document(id: DocumentId, body: DocumentIn, engine: EngineOf) -> RevisionOut:
    """Change what is said of a document: that makes a new version with the same text, in place of the newest.

    Nothing is embedded. Later versions of the document keep what was set here; dates that a file states win.
    """
    document = engine.parts.knowledge.document(id)
    return RevisionOut.of(revise(target_of(engine, document.knowledge_base), body.applied(document)))


@router.get("/{id}/text", response_model=DocumentTextOut, responses={**NOT_MODIFIED, **problems(404)})
def show_document_text(
    id: DocumentId,
    engine: EngineOf,
    version: VersionQuery = None,
    if_none_match: IfNoneMatch = "",
) -> Response:
    """Return the stored text of a document version, to check a citation: `text[span.start:span.end] == quote`.

    Spans count Unicode code points, not bytes and not UTF-16 units.
    """
    chosen = version or engine.parts.knowledge.document(id).version
    return tagged(DocumentTextOut.of(engine.parts.knowledge.stored_text(id, chosen)), chosen, if_none_match)


@router.get("/{id}/regions", responses=problems(404))
def show_document_regions(
    id: DocumentId,
    engine: EngineOf,
    version: VersionQuery = None,
    start: Annotated[int, Query(ge=0, description="From this character of the text on.")] = 0,
    end: Annotated[int, Query(ge=0, description="Up to this character.")] = MAX_VERSION,
) -> RegionsOut:
    """Return where on its pages the text was read, line by line: to show a citation on the image of its page."""
    knowledge = engine.parts.knowledge
    chosen = knowledge.version(id, version) if version else knowledge.document(id)
    return RegionsOut.within(chosen, knowledge.regions(id, chosen.version), start, end)


@router.delete("/{id}", status_code=204, responses=problems(404, 409, 412), dependencies=[in_turn, unchanged])
def delete_document(id: DocumentId, engine: EngineOf) -> None:
    """Delete a document with all its versions, from index and database and from their files."""
    engine.delete_document(id)
