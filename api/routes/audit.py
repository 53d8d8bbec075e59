"""`/v1/audit`: the record of who did what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.openapi import problems
from api.schemas.privacy import AuditEntryOut, AuditOut, AuditQuery, VerificationOut
from api.state import EngineOf
from engine.audit import verified
from engine.errors import Misconfigured
from engine.ports import AuditRepository
from engine.service import Engine

__all__ = ["router"]

router = APIRouter(prefix="/v1/audit", tags=["privacy"])


@router.get("", responses=problems())
def list_audit(query: Annotated[AuditQuery, Query()], engine: EngineOf) -> AuditOut:
    """List who did what in the caller's tenant, the oldest first: changes, looks at feedback and customers."""
    found = _kept(engine).entries(after=query.after, limit=query.limit)
    return AuditOut(items=tuple(map(AuditEntryOut.of, found)))


@router.get("/verification", responses=problems())
def verify_audit(engine: EngineOf) -> VerificationOut:
    """Tell whether nobody changed or dropped an entry."""
    return VerificationOut.of(verified(_kept(engine)))


def _kept(engine: Engine) -> AuditRepository:
    if engine.parts.audit is None:
        raise Misconfigured("This engine keeps no record.", remedy="Give it an AuditRepository.")
    return engine.parts.audit
