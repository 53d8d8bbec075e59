"""The HTTP application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Final

import anyio
from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool

from api.access.auditing import Audit
from api.access.authentication import Authenticate, Credentials, permit
from api.access.origins import CrossOrigin
from api.access.rules import check_every_route
from api.access.tokens import Tokens
from api.access.views import Views
from api.limits import BodyLimit
from api.mcp.sessions import open_sessions
from api.openapi import DESCRIPTION, TAGS, TITLE, describe
from api.pages.serving import Pages
from api.problems import install_handlers
from api.reading import questions_read
from api.retention import kept_for
from api.routes import (
    answers,
    audit,
    backups,
    callers,
    canned,
    chat,
    checks,
    conversations,
    customers,
    documents,
    drafts,
    evaluations,
    events,
    explanations,
    faq_entries,
    faqs,
    feedback,
    forms,
    graph,
    health,
    inbound,
    indexes,
    insights,
    intents,
    jobs,
    keys,
    knowledge_bases,
    mcp,
    metrics,
    passages,
    proactive,
    proposals,
    quality,
    search,
    sentiment,
    suggestions,
    summaries,
    triage,
    upkeep,
    versions,
    webhooks,
)
from api.routes import (
    settings as settings_routes,
)
from api.serving.desk import install_serving, serving_of
from api.serving.idempotency import Keeping, Replayed, forget_lost, idempotent, replayed
from api.serving.rates import rate_limited
from api.state import AppState
from api.version import package_version
from api.webhooks.courier import started_courier
from engine.api_keys import ApiKeys
from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.domain.access import DEFAULT_TENANT, Principal
from engine.models import assist_models
from engine.records import open_api_keys
from engine.service import Engine
from engine.settings import Settings
from engine.tenancy import Tenants
from ingestion.jobs.service import JobService
from ingestion.jobs.tenant import TenantJobs
from ingestion.workers.pool import ParsePool

__all__ = ["create_app"]

MAX_BODY_BYTES: Final = 4_000_000  # the longest history in UTF-8: 50 turns of 20,000 characters, 3 bytes each, fits
UPLOADS: Final = 8  # that are parsed at the same time while their clients wait
ROUTES: Final = (
    *(answers, chat, search, feedback, checks, sentiment, triage, suggestions, drafts, canned, summaries, forms),
    *(explanations, knowledge_bases, indexes, intents, documents, passages, versions, jobs, inbound, webhooks, mcp),
    *(keys, callers, customers, audit, backups, insights, quality, proposals, upkeep),
    *(conversations, faqs, faq_entries, evaluations, settings_routes, events, proactive, graph),
)
PROBES: Final = (health, metrics)
GUARDS: Final = (Depends(rate_limited), Depends(idempotent))
"""What every route but the probes asks first; who calls must be known by then."""

FILES_PER_UPLOAD: Final = 4  # an upload may carry as many bytes as this many files of the largest size


def create_app(settings: Settings, *, engine: Engine | None = None, pool: ParsePool | None = None) -> FastAPI:
    """Return the application.

    An `engine` that is given is used and left open; otherwise one is built when the application starts and closed
    when it ends. Files are parsed by `pool`, which it closes, else by one as the settings say. There are no pages that
    load scripts from elsewhere; the OpenAPI document is at /openapi.json.
    """
    serving = serving_of(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[AppState]:
        used = engine if engine is not None else await run_in_threadpool(build_engine, settings)
        try:
            with _opened(used, settings, pool) as (tenants, state):
                async with (
                    kept_for(tenants, settings.retention_days),
                    questions_read(tenants, _assist_of(state["views"]), settings.insights_hours),
                    open_sessions(settings.mcp_allowed_hosts, MAX_BODY_BYTES) as sessions,
                ):
                    yield {**state, "serving": serving, "sessions": sessions}
        finally:
            await run_in_threadpool(serving.close)
            if engine is None:
                await run_in_threadpool(used.close)

    app = FastAPI(
        title=TITLE,
        version=package_version(),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        dependencies=[Depends(permit)],
        lifespan=lifespan,
    )
    _install_middleware(app, settings)
    install_serving(app, settings, serving)
    app.add_middleware(CrossOrigin)
    app.add_middleware(Pages, page_origins=settings.page_origins)
    install_handlers(app)
    _include_routes(app)
    describe(app)
    return app


def _install_middleware(app: FastAPI, settings: Settings) -> None:
    """Install what stands before every route; the last one is asked first."""
    upload_limit = int(settings.max_file_mb * 1_000_000) * FILES_PER_UPLOAD
    app.add_middleware(BodyLimit, limit=MAX_BODY_BYTES, upload_limit=upload_limit)
    app.add_middleware(Keeping)
    app.exception_handler(Replayed)(replayed)
    app.add_middleware(Audit)
    app.add_middleware(Authenticate)


def _include_routes(app: FastAPI) -> None:
    for routes in ROUTES:
        app.include_router(routes.router, dependencies=GUARDS)
    for routes in PROBES:
        app.include_router(routes.router)
    check_every_route(routes.router for routes in (*ROUTES, *PROBES))


@contextmanager
def _opened(engine: Engine, settings: Settings, pool: ParsePool | None) -> Iterator[tuple[Tenants, AppState]]:
    """Open what requests reach, over the default tenant's engine; close it at the end."""
    with ExitStack() as closing, open_api_keys(settings) as keys:

        def build(tenant: str, own: Settings) -> Engine:
            shared = build_engine(own, embedder=engine.parts.embedder, load_embedder=engine.parts.load_embedder)
            return couriered(shared, tenant, own)

        def couriered(opened: Engine, tenant: str, own: Settings) -> Engine:
            if not own.database_url:
                forget_lost(opened.parts.replies)
            if courier := started_courier(opened, TenantJobs(jobs, tenant), settings):
                closing.callback(courier.close)
            return opened

        tenants = Tenants(engine, settings, build)
        closing.callback(tenants.close)
        jobs = JobService(engine, settings, pool=pool, engines=tenants.engine)
        closing.callback(jobs.close)
        jobs.start()
        couriered(engine, DEFAULT_TENANT, settings)
        tenants.known()
        models = assist_models(settings, engine.parts.embedder)
        state = AppState(
            settings=settings,
            views=Views(tenants, jobs, lambda view: build_assist(view, settings, models)),
            keys=keys,
            credentials=_credentials(settings, keys),
            writes=anyio.Lock(),
            parsing=anyio.CapacityLimiter(UPLOADS),
        )
        yield tenants, state


def _assist_of(views: Views) -> Callable[[str], Assist]:
    return lambda tenant: views.of(Principal("insights", tenant)).assist


def _credentials(settings: Settings, keys: ApiKeys) -> Credentials | None:
    if settings.auth == "open":
        return None
    return Credentials(keys, Tokens(settings) if settings.jwt_keys else None)
