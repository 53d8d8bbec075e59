"""Who sends a request, as limits and repeated writes see it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from engine.domain.access import Principal

__all__ = ["Caller", "caller_of"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A tenant, empty where there are none, and who it is there: the key or the person, else the address.

    `visitor` is the address of who uses a public key, `limits` those of the key.
    """

    tenant: str
    subject: str
    visitor: str = ""
    limits: str = ""


def caller_of(request: Request) -> Caller:
    """Return who sends the request: the principal that authentication found, else the client's address."""
    principal: Principal | None = getattr(request.state, "principal", None)
    address = f"address:{request.client.host if request.client else ''}"
    if principal is None:
        return Caller("", address)
    if principal.public:
        return Caller(principal.tenant, principal.subject, address, principal.public.rate_limits)
    return Caller(principal.tenant, principal.subject)
