"""Reading new questions and replies while the service runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import anyio
from starlette.concurrency import run_in_threadpool

from engine.assist.service import Assist
from engine.background import trim
from engine.errors import EngineError
from engine.observability import get_logger
from engine.tenancy import Tenants

__all__ = ["questions_read"]

logger = get_logger(__name__)
FIRST_S: Final = 900.0  # a server that has just started has other things to do
HOUR_S: Final = 3600.0


@asynccontextmanager
async def questions_read(
    tenants: Tenants, assist: Callable[[str], Assist], hours: float, *, first_s: float = FIRST_S
) -> AsyncIterator[None]:
    """Read what is new of all tenants, soon and every so many hours, while the block lasts; 0 hours: never.

    The first time comes after `first_s`, or sooner if the hours are fewer. `assist` gives what works for a tenant, by
    its name.
    """
    if not hours:
        yield
        return
    async with anyio.create_task_group() as tasks:
        every_s = hours * HOUR_S
        tasks.start_soon(_read_on, tenants, assist, min(first_s, every_s), every_s)
        yield
        tasks.cancel_scope.cancel()


async def _read_on(tenants: Tenants, assist: Callable[[str], Assist], first_s: float, every_s: float) -> None:
    await anyio.sleep(first_s)
    while True:
        for tenant, _ in await run_in_threadpool(tenants.known):
            await run_in_threadpool(_read, tenant, assist(tenant))
        await run_in_threadpool(trim)
        await anyio.sleep(every_s)


def _read(tenant: str, assist: Assist) -> None:
    for knowledge_base in assist.engine.parts.knowledge.knowledge_bases():
        try:
            report = assist.read_on(knowledge_base.name)
        except EngineError:
            logger.exception("questions of tenant %s could not be read", tenant)
            continue
        if report.read or report.replies:
            logger.info("read %d questions and %d replies of tenant %s", report.read, report.replies, tenant)
