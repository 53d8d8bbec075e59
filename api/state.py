"""What every request can reach: the typed lifespan state, and what of it the caller works with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Final, NotRequired, TypedDict, TypeVar, cast

import anyio
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.access.authentication import OPEN, Credentials
from api.access.views import View, Views
from api.mcp.sessions import Sessions
from api.serving.desk import Serving
from engine.api_keys import ApiKeys
from engine.assist.service import Assist
from engine.domain.access import Principal
from engine.errors import Misconfigured, NotFound
from engine.ports import WebhookRepository
from engine.ports.desk import DeskRepositories
from engine.service import Engine
from engine.serving import served
from engine.settings import Settings
from engine.tenancy import Tenants
from ingestion.jobs.tenant import TenantJobs

__all__ = [
    "AppState",
    "AssistOf",
    "DeskOf",
    "EngineOf",
    "JobsOf",
    "KeysOf",
    "ServingOf",
    "SessionsOf",
    "SettingsOf",
    "TenantsOf",
    "WebhooksOf",
    "in_turn",
    "in_worker",
    "writing",
]

T = TypeVar("T")
TICK_S: Final = 0.01


class AppState(TypedDict):
    """Made when the app starts, shared by all requests; `writes` is held by the one that changes documents.

    `parsing` limits how many wait, each in a thread, for uploads to be parsed. Without `credentials` nobody is asked
    for any. `principal` is who calls, told for each request.
    """

    settings: Settings
    views: Views
    keys: ApiKeys
    credentials: Credentials | None
    serving: NotRequired[Serving]
    writes: anyio.Lock
    parsing: anyio.CapacityLimiter
    sessions: NotRequired[Sessions]
    principal: NotRequired[Principal | None]


def _state(request: Request) -> AppState:
    return cast("AppState", request.state)


def _view(request: Request) -> View:
    """Return what the caller works with; a caller of public routes, what an open server shows."""
    state = _state(request)
    return state["views"].of(state["principal"] or OPEN)


async def _viewed(request: Request) -> View:
    return await run_in_threadpool(_view, request)


async def _tenants(request: Request) -> Tenants:
    return _state(request)["views"].tenants


async def _engine(view: Annotated[View, Depends(_viewed)]) -> Engine:
    return view.engine


async def _assist(view: Annotated[View, Depends(_viewed)]) -> Assist:
    return view.assist


async def _desk(view: Annotated[View, Depends(_viewed)]) -> DeskRepositories:
    return view.engine.desk


async def _jobs(view: Annotated[View, Depends(_viewed)]) -> TenantJobs:
    return view.jobs


async def _settings(request: Request) -> Settings:
    return _state(request)["settings"]


async def _keys(request: Request) -> ApiKeys:
    return _state(request)["keys"]


async def _sessions(request: Request) -> Sessions:
    return _state(request)["sessions"]


async def _serving(request: Request) -> Serving:
    return _state(request)["serving"]


@asynccontextmanager
async def writing(request: Request, knowledge_base: str) -> AsyncIterator[None]:
    """Wait, without a thread, until no other request and no job changes documents of the knowledge base.

    An ingestion repairs what looks half done.
    """
    state, jobs = _state(request), (await _viewed(request)).jobs
    async with state["writes"]:
        ticket = jobs.turns.ask(jobs.line(knowledge_base))
        try:
            while not await run_in_threadpool(jobs.turns.is_due, ticket):
                served().stop.check()
                await anyio.sleep(TICK_S)
            yield
        finally:
            jobs.turns.leave(ticket)


async def in_worker(request: Request, function: Callable[[], T]) -> T:
    """Call a function that waits for the worker processes."""
    return await anyio.to_thread.run_sync(function, limiter=_state(request)["parsing"])


async def _in_turn(request: Request, engine: Annotated[Engine, Depends(_engine)]) -> AsyncIterator[None]:
    async with writing(request, await run_in_threadpool(_knowledge_base, request, engine)):
        yield


def _knowledge_base(request: Request, engine: Engine) -> str:
    """Return the knowledge base that the path names, or that of the document that it names; empty for none."""
    if name := request.path_params.get("name"):
        return str(name)
    with suppress(NotFound):
        return engine.parts.knowledge.document(request.path_params.get("id", "")).knowledge_base
    return ""


async def _webhooks(engine: Annotated[Engine, Depends(_engine)]) -> WebhookRepository:
    if engine.parts.webhooks is None:
        raise Misconfigured("This engine keeps no webhooks.", remedy="Build it with engine.assembly.build_engine.")
    return engine.parts.webhooks


EngineOf = Annotated[Engine, Depends(_engine)]
AssistOf = Annotated[Assist, Depends(_assist)]
DeskOf = Annotated[DeskRepositories, Depends(_desk)]
JobsOf = Annotated[TenantJobs, Depends(_jobs)]
KeysOf = Annotated[ApiKeys, Depends(_keys)]
ServingOf = Annotated[Serving, Depends(_serving)]
SessionsOf = Annotated[Sessions, Depends(_sessions)]
SettingsOf = Annotated[Settings, Depends(_settings)]
TenantsOf = Annotated[Tenants, Depends(_tenants)]
WebhooksOf = Annotated[WebhookRepository, Depends(_webhooks)]
in_turn = Depends(_in_turn, scope="function")
