"""One engine a tenant: folders, databases and collections of their own, so that nothing can be mixed up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from engine.api_keys import TENANT, checked_tenant
from engine.domain.access import DEFAULT_TENANT
from engine.errors import Misconfigured
from engine.service import Engine
from engine.settings import Settings

__all__ = ["FOLDER", "Tenants", "tenant_names", "tenant_settings"]

FOLDER = "tenants"


def tenant_settings(settings: Settings, tenant: str) -> Settings:
    """Return the settings of one tenant's engine: its data lies in a folder of its own below the data folder.

    The default tenant has the data folder itself. On servers, tenants other than that one need instances of their own:
    Misconfigured says so.
    """
    if tenant == DEFAULT_TENANT:
        return settings
    if settings.database_url or settings.qdrant_url:
        raise Misconfigured(
            f"Tenant {tenant!r} cannot share a database or Qdrant server with another one.",
            remedy="Run an instance with its own KNOWDESK_DATABASE_URL and KNOWDESK_QDRANT_URL for each tenant.",
        )
    return settings.model_copy(update={"data_dir": _folder(settings.data_dir, tenant)})


def tenant_names(settings: Settings) -> list[str]:
    """Return the tenants that have data, the default one first; folders that no tenant is called are not ours."""
    folder = settings.data_dir / FOLDER
    found = sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    return list(dict.fromkeys((DEFAULT_TENANT, *filter(TENANT.fullmatch, found))))


class Tenants:
    """The engines of all tenants, each opened when it is first asked for; safe to use from several threads.

    The one of the default tenant is given, and left open; `build` opens the others.
    """

    def __init__(self, default: Engine, settings: Settings, build: Callable[[str, Settings], Engine]) -> None:
        self._settings = settings
        self._build = build
        self._engines = {DEFAULT_TENANT: default}
        self._lock = threading.Lock()

    def engine(self, tenant: str) -> Engine:
        """Return the engine of a tenant; InvalidInput if that is no name of one."""
        with self._lock:
            if tenant not in self._engines:
                self._engines[tenant] = self._build(tenant, tenant_settings(self._settings, checked_tenant(tenant)))
            return self._engines[tenant]

    def known(self) -> list[tuple[str, Engine]]:
        """Return the engines of all tenants that have data, opened."""
        return [(name, self.engine(name)) for name in tenant_names(self._settings)]

    def close(self) -> None:
        """Close all engines but the one that was given."""
        with self._lock:
            for tenant in [each for each in self._engines if each != DEFAULT_TENANT]:
                self._engines.pop(tenant).close()


def _folder(data_dir: Path, tenant: str) -> Path:
    return data_dir / FOLDER / tenant
