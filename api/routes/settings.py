"""`/v1/settings`: what the service is set to, without secrets."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.settings import SettingsOut
from api.state import SettingsOf
from api.version import package_version

__all__ = ["router"]

router = APIRouter(prefix="/v1/settings", tags=["health"])


@router.get("", responses=problems(takes_input=False))
def list_settings(settings: SettingsOf) -> SettingsOut:
    """List the settings of the service with their values; of secrets, whether they are set."""
    return SettingsOut.shown(package_version(), settings)
