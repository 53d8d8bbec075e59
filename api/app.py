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
from api.routes import answers, documents, health, knowledge_bases, search
from api.state import AppState
from api.version import package_version
from engine.assembly import build_engine
from engine.service import Engine
from engine.settings import Settings

__all__ = ["create_app"]

MAX_BODY_BYTES: Final = 4_000_000  # the longest history in UTF-8: 50 turns of 20,000 characters, 3 bytes each, fits
FILES_PER_UPLOAD: Final = 4  # an upload may carry as many bytes as this many files of the largest size


def create_app(settings: Settings, *, engine: Engine | None = None) -> FastAPI:
    """Return the application.

    An `engine` that is given is used and left open; otherwise one is built when the application starts and closed
    when it ends. There are no pages that load scripts from elsewhere; the OpenAPI document is at /openapi.json.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[AppState]:
        used = engine if engine is not None else await run_in_threadpool(build_engine, settings)
        try:
            yield AppState(engine=used, settings=settings, writes=anyio.Lock())
        finally:
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
    for routes in (answers, search, knowledge_bases, documents, health):
        app.include_router(routes.router)
    describe(app)
    return app
