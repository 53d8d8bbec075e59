"""`/v1/knowledge-bases/{name}/indexes`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.base import Identifier, KnowledgeBaseName
from api.schemas.indexes import IndexesOut, IndexIn, slot_of
from api.schemas.jobs import JobOut
from api.state import EngineOf, JobsOf, SettingsOf
from engine.errors import InvalidInput
from ingestion.jobs.values import REEMBED, JobSpec, Reembed, SourceSpec

__all__ = ["router"]

router = APIRouter(prefix="/v1/knowledge-bases/{name}/indexes", tags=["knowledge bases"])
Name = Annotated[KnowledgeBaseName, Path()]
IndexId = Annotated[Identifier, Path(description="Id of an index.")]


@router.get("", responses=problems(404))
def list_indexes(name: Name, jobs: JobsOf) -> IndexesOut:
    """List the indexes of a knowledge base, the one in use first, with how they did when they were compared."""
    return IndexesOut.listed(jobs.indexes(name).indexes())


@router.post("", status_code=202, responses=problems(404, 413))
def build_index(name: Name, body: IndexIn, engine: EngineOf, jobs: JobsOf, settings: SettingsOf) -> JobOut:
    """Queue a job that builds an index with another embedding model beside the one in use, and changes over to it.

    Searches and writers go on meanwhile. The job fails, and everything stays as it is, if the new index finds less:
    by MRR@10 of the questions, in all or in a language. The index before is kept; use it again to go back.
    """
    engine.parts.knowledge.knowledge_base(name)
    if body.model not in settings.embedding_candidates:
        raise InvalidInput(
            f"The server does not load the model {body.model!r}.", remedy="Name it in KNOWDESK_EMBEDDING_CANDIDATES."
        )
    return JobOut.shown(jobs.submit(body.to_spec(name)))


@router.post("/{id}/use", status_code=202, responses=problems(404))
def use_index(name: Name, id: IndexId, jobs: JobsOf) -> JobOut:
    """Queue a job that changes over to an index that is there, whatever it finds, as to go back to the one before.

    What was written since it was used last is added first.
    """
    built = jobs.indexes(name).index(slot_of(id))
    spec = JobSpec(name, (SourceSpec(REEMBED, built.source),), reembed=Reembed(slot=built.slot))
    return JobOut.shown(jobs.submit(spec))


@router.delete("/{id}", status_code=204, responses=problems(404, 409))
def drop_index(name: Name, id: IndexId, jobs: JobsOf) -> None:
    """Remove an index that is not in use."""
    jobs.indexes(name).drop(slot_of(id))
