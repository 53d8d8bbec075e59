"""What every request can reach: the typed lifespan state."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Final, TypedDict, TypeVar, cast

import anyio
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from engine.assist.service import Assist
from engine.errors import NotFound
from engine.service import Engine
from engine.settings import Settings
from ingestion.jobs.service import JobService

__all__ = ["AppState", "AssistOf", "EngineOf", "JobsOf", "SettingsOf", "in_turn", "in_worker", "writing"]

T = TypeVar("T")
TICK_S: Final = 0.01


class AppState(TypedDict):
    """Made when the app starts, shared by all requests; `writes` is held by the one that changes documents.

    `parsing` limits how many wait, each in a thread, for uploads to be parsed.
    """

    engine: Engine
    assist: Assist
    settings: Settings
    jobs: JobService
    writes: anyio.Lock
    parsing: anyio.CapacityLimiter


def _state(request: Request) -> AppState:
    return cast("AppState", request.state)


async def _engine(request: Request) -> Engine:
    return _state(request)["engine"]


async def _assist(request: Request) -> Assist:
    return _state(request)["assist"]


async def _settings(request: Request) -> Settings:
    return _state(request)["settings"]


async def _jobs(request: Request) -> JobService:
    return _state(request)["jobs"]


@asynccontextmanager
async def writing(request: Request, knowledge_base: str) -> AsyncIterator[None]:
    """Wait, without a thread, until no other request and no job changes documents of the knowledge base.

    An ingestion repairs what looks half done.
    """
    state = _state(request)
    async with state["writes"]:
        turns = state["jobs"].turns
        ticket = turns.ask(knowledge_base)
        try:
            while not turns.is_due(ticket):
                await anyio.sleep(TICK_S)
            yield
        finally:
            turns.leave(ticket)


async def in_worker(request: Request, function: Callable[[], T]) -> T:
    """Call a function that waits for the worker processes."""
    return await anyio.to_thread.run_sync(function, limiter=_state(request)["parsing"])


async def _in_turn(request: Request) -> AsyncIterator[None]:
    async with writing(request, await run_in_threadpool(_knowledge_base, request, _state(request)["engine"])):
        yield


def _knowledge_base(request: Request, engine: Engine) -> str:
    """Return the knowledge base that the path names, or that of the document that it names; empty for none."""
    if name := request.path_params.get("name"):
        return str(name)
    with suppress(NotFound):
        return engine.parts.knowledge.document(request.path_params.get("id", "")).knowledge_base
    return ""


EngineOf = Annotated[Engine, Depends(_engine)]
AssistOf = Annotated[Assist, Depends(_assist)]
JobsOf = Annotated[JobService, Depends(_jobs)]
SettingsOf = Annotated[Settings, Depends(_settings)]
in_turn = Depends(_in_turn, scope="function")
