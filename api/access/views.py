"""What a principal works with: the engine of the tenant, narrowed to what the principal may see."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from engine.assist.service import Assist
from engine.domain.access import Principal
from engine.permitted.view import permitted
from engine.permitted.visiting import visited
from engine.service import Engine
from engine.tenancy import Tenants
from ingestion.jobs.service import JobService
from ingestion.jobs.tenant import TenantJobs

__all__ = ["View", "Views"]

KEPT = 256  # views; one holds some small objects


@dataclass(frozen=True, slots=True)
class View:
    """The engine, what helps agents, and the jobs, as a principal sees them."""

    engine: Engine
    assist: Assist
    jobs: TenantJobs


class Views:
    """The views of all principals; those of the same tenant, access lists and public use share one."""

    def __init__(self, tenants: Tenants, jobs: JobService, assist: Callable[[Engine], Assist]) -> None:
        self.tenants = tenants
        self._jobs = jobs
        self._assist = assist
        self._kept: dict[tuple[object, ...], View] = {}
        self._lock = threading.Lock()

    def of(self, principal: Principal) -> View:
        """Return the view of a principal."""
        key = (principal.tenant, principal.access, principal.public and principal.public.knowledge_base)
        with self._lock:
            found = self._kept.pop(key, None) or self._made(principal)
            self._kept[key] = found
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
            return found

    def _made(self, principal: Principal) -> View:
        engine = self.tenants.engine(principal.tenant)
        if principal.public:
            engine = visited(engine, principal.public.knowledge_base, principal.access or ())
        else:
            engine = permitted(engine, principal.access)
        return View(engine, self._assist(engine), TenantJobs(self._jobs, principal.tenant))
