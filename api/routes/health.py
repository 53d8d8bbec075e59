"""`/health/live` and `/health/ready`."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Response

from api.schemas.health import CheckOut, LiveOut, ReadyOut
from api.state import EngineOf
from engine.errors import EngineError
from engine.service import Engine

__all__ = ["router"]

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def live() -> LiveOut:
    """Tell that the process runs."""
    return LiveOut()


@router.get("/ready", responses={503: {"model": ReadyOut, "description": "Questions cannot be answered now."}})
def ready(engine: EngineOf, response: Response) -> ReadyOut:
    """Tell whether the database and every index can be used with the present settings."""
    checks = tuple(_checks(engine))
    available = all(check.ok for check in checks)
    response.status_code = 200 if available else 503
    return ReadyOut(status="ready" if available else "unavailable", checks=checks)


def _checks(engine: Engine) -> Iterator[CheckOut]:
    try:
        names = [found.name for found in engine.parts.knowledge.knowledge_bases()]
    except EngineError as error:
        yield CheckOut(name="database", ok=False, detail=str(error))
        return
    yield CheckOut(name="database", ok=True)
    for name in names:
        yield _index_check(engine, name)


def _index_check(engine: Engine, knowledge_base: str) -> CheckOut:
    """Open the index and count in it; one that nothing was indexed into yet is in order."""
    name = f"index:{knowledge_base}"
    try:
        if engine.open_index(knowledge_base):
            engine.parts.store.count(knowledge_base)
    except EngineError as error:
        return CheckOut(name=name, ok=False, detail=str(error))
    return CheckOut(name=name, ok=True)
