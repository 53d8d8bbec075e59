"""The HTTP application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api.failures import CatchFailures
from api.limits import BodyLimit
from api.openapi import DESCRIPTION, TAGS, TITLE, describe
from api.problems import install_handlers
from api.routes import (
    answers,
    checks,
    documents,
    feedback,
    health,
    intents,
    jobs,
    knowledge_bases,
    search,
    sentiment,
    triage,
    versions,
)
from api.state import AppState
from api.version import package_version
from engine.assembly import build_assist, build_engine
from engine.service import Engine
from engine.settings import Settings
from ingestion.jobs.service import JobService
from ingestion.workers.pool import ParsePool

__all__ = ["create_app"]

MAX_BODY_BYTES: Final = 4_000_000  # the longest history in UTF-8: 50 turns of 20,000 characters, 3 bytes each, fits
UPLOADS: Final = 8  # that are parsed at the same time while their clients wait
ROUTES: Final = (
    *(answers, search, feedback, checks, sentiment, triage),
    *(knowledge_bases, intents, documents, versions, jobs, health),
)
FILES_PER_UPLOAD: Final = 4  # an upload may carry as many bytes as this many files of the largest size


def create_app(settings: Settings, *, engine: Engine | None = None, pool: ParsePool | None = None) -> FastAPI:
    """Return the application.

    An `engine` that is given is used and left open; otherwise one is built when the application starts and closed
    when it ends. Files are parsed by `pool`, which it closes, else by one as the settings say. There are no pages that
    load scripts from elsewhere; the OpenAPI document is at /openapi.json.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[AppState]:
        used = engine if engine is not None else await run_in_threadpool(build_engine, settings)
        service = JobService(used, settings, pool=pool)
        try:
            await run_in_threadpool(service.start)
            yield AppState(
                engine=used,
                assist=build_assist(used, settings),
                settings=settings,
                jobs=service,
                writes=anyio.Lock(),
                parsing=anyio.CapacityLimiter(UPLOADS),
            )
        finally:
            await run_in_threadpool(service.close)
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
        lifespan=lifespan,
    )
    upload_limit = int(settings.max_file_mb * 1_000_000) * FILES_PER_UPLOAD
    app.add_middleware(BodyLimit, limit=MAX_BODY_BYTES, upload_limit=upload_limit)
    app.add_middleware(CatchFailures)
    install_handlers(app)
    for routes in ROUTES:
        app.include_router(routes.router)
    describe(app)
    return app
