"""Letting go of old conversations while the service runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio
from starlette.concurrency import run_in_threadpool

from engine.errors import EngineError
from engine.observability import get_logger
from engine.service import Engine
from engine.tenancy import Tenants

__all__ = ["kept_for"]

logger = get_logger(__name__)
EVERY_S: Final = 3600.0


@asynccontextmanager
async def kept_for(tenants: Tenants, days: float, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Erase what is older than so many days, at once and every hour, while the block lasts; 0 days keep all."""
    if not days:
        yield
        return
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_sweep, tenants, timedelta(days=days), every_s)
        yield
        tasks.cancel_scope.cancel()


async def _sweep(tenants: Tenants, age: timedelta, every_s: float) -> None:
    while True:
        for tenant, engine in await _known(tenants):
            try:
                erased = await run_in_threadpool(engine.privacy.sweep, datetime.now(UTC) - age)
            except EngineError:
                logger.exception("old conversations could not be erased")
                continue
            if erased.conversations:
                logger.info("erased %d old conversations of tenant %s", erased.conversations, tenant)
        await anyio.sleep(every_s)


async def _known(tenants: Tenants) -> list[tuple[str, Engine]]:
    try:
        return await run_in_threadpool(tenants.known)
    except EngineError:
        logger.exception("not all tenants could be opened")
        return []
