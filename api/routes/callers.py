"""`/v1/caller`."""

from __future__ import annotations

from fastapi import APIRouter

from api.access.authentication import PrincipalOf
from api.openapi import problems
from api.schemas.callers import CallerOut
from api.state import SettingsOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/caller", tags=["keys"])


@router.get("", responses=problems(takes_input=False))
def show_caller(principal: PrincipalOf, settings: SettingsOf) -> CallerOut:
    """Tell whom the credentials of the request stand for: what pages need to show only what the caller may do."""
    return CallerOut.told(principal, settings)
