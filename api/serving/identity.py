"""Who sends a request, as limits and repeated writes see it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

__all__ = ["Caller", "caller_of"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A tenant, empty where there are none, and who it is there: the key or the person, else the address."""

    tenant: str
    subject: str


def caller_of(request: Request) -> Caller:
    """Return who sends the request: the principal that authentication found, else the client's address."""
    principal = getattr(request.state, "principal", None)
    if principal is not None:
        return Caller(str(principal.tenant or ""), str(principal.subject))
    return Caller("", f"address:{request.client.host if request.client else ''}")
