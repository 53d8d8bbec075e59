"""`/v1/insights/proposals`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.proposals import (
    EditIn,
    MineIn,
    ProposalOut,
    ProposalsOut,
    ProposalsQuery,
    PublishIn,
    RejectIn,
)
from api.state import EngineOf, writing
from engine.insights.proposals import Proposals
from engine.service import Engine
from ingestion.publishing import KnowledgePublisher

__all__ = ["proposals_of", "router"]

router = APIRouter(prefix="/v1/insights/proposals", tags=["insights"])
Id = Annotated[Identifier, Path(description="Id of a proposal.")]


def proposals_of(engine: Engine) -> Proposals:
    """Return the proposals of an engine, which are published into it."""
    return Proposals(engine, KnowledgePublisher(engine))


@router.get("", responses=problems(404))
def list_proposals(query: Annotated[ProposalsQuery, Query()], engine: EngineOf) -> ProposalsOut:
    """List what is proposed for a knowledge base, with its evidence, the surest first."""
    found = proposals_of(engine).repository.proposals(query.knowledge_base, query.state)
    chosen = [each for each in found if query.kind in {None, each.kind}]
    return ProposalsOut(items=tuple(map(ProposalOut.shown, chosen[: query.limit])))


@router.post("", responses=problems(404, 409, 413))
def mine_proposals(body: MineIn, engine: EngineOf) -> ProposalsOut:
    """Look through resolved transcripts and corrected answers for what the knowledge lacks, and list what is proposed.

    Proposals that nobody has touched are made anew; what people decided on is not proposed again.
    """
    found = proposals_of(engine).mine(body.knowledge_base, body.talks)
    return ProposalsOut(items=tuple(map(ProposalOut.shown, found)))


@router.get("/{id}", responses=problems(404))
def show_proposal(id: Id, engine: EngineOf) -> ProposalOut:
    """Show a proposal with its evidence and, once it is published, what that did."""
    return ProposalOut.shown(proposals_of(engine).repository.proposal(id))


@router.patch("/{id}", responses=problems(404, 409, 413))
def edit_proposal(id: Id, body: EditIn, engine: EngineOf) -> ProposalOut:
    """Say it in other words."""
    return ProposalOut.shown(proposals_of(engine).edit(id, question=body.question, answer=body.answer))


@router.post("/{id}/approve", responses=problems(404, 409))
def approve_proposal(id: Id, engine: EngineOf) -> ProposalOut:
    """Say that it may be published; nothing is written yet."""
    return ProposalOut.shown(proposals_of(engine).approve(id))


@router.post("/{id}/reject", responses=problems(404, 409, 413))
def reject_proposal(id: Id, body: RejectIn, engine: EngineOf) -> ProposalOut:
    """Say that it is not to be published, and why."""
    return ProposalOut.shown(proposals_of(engine).reject(id, body.reason))


@router.post("/{id}/publish", responses=problems(404, 409, 413))
async def publish_proposal(id: Id, request: Request, body: PublishIn, engine: EngineOf) -> ProposalOut:
    """Write an approved proposal into the knowledge, and show what that does to the questions behind it.

    It becomes an FAQ page of its own, or a new version of the document that it corrects. The questions behind it and
    the golden set are asked before and after, without a trace in conversations and figures.
    """
    proposals = proposals_of(engine)
    found = await run_in_threadpool(proposals.repository.proposal, id)
    golden = tuple(each.to_domain() for each in body.golden)
    async with writing(request, found.knowledge_base):
        return ProposalOut.shown(await run_in_threadpool(partial(proposals.publish, id, golden)))


@router.post("/{id}/rollback", responses=problems(404, 409))
async def roll_back_proposal(id: Id, request: Request, engine: EngineOf) -> ProposalOut:
    """Restore what the knowledge said before a proposal was published."""
    proposals = proposals_of(engine)
    found = await run_in_threadpool(proposals.repository.proposal, id)
    async with writing(request, found.knowledge_base):
        return ProposalOut.shown(await run_in_threadpool(proposals.roll_back, id))
