"""`/health/live` and `/health/ready`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.schemas.health import CheckOut, LiveOut, ReadyOut
from api.serving.probing import SERVICES, checks_of
from api.state import EngineOf, ServingOf, SettingsOf

__all__ = ["router"]

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def live() -> LiveOut:
    """Tell that the process runs."""
    return LiveOut()


@router.get("/ready", responses={503: {"model": ReadyOut, "description": "Questions cannot be answered now."}})
def ready(engine: EngineOf, serving: ServingOf, settings: SettingsOf, request: Request, response: Response) -> ReadyOut:
    """Tell whether the database, every index and the language model can be used with the present settings.

    Without credentials, where they are required, and with a public key the indexes are not named.
    """
    checks = tuple(checks_of(engine, serving.probe))
    available = all(check.ok for check in checks if settings.ready_needs_llm or check.name not in SERVICES)
    response.status_code = 200 if available else 503
    if request.state.principal is None or request.state.principal.public:
        named = [check for check in checks if check.name.startswith("index:")]
        indexes = CheckOut(name="indexes", ok=all(check.ok for check in named))
        checks = (*(check for check in checks if check not in named), indexes)
    return ReadyOut(status="ready" if available else "unavailable", checks=checks)
