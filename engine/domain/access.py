"""Who asks, for which tenant, and what of its knowledge they may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = [
    "ACCESS_PREFIX",
    "DEFAULT_TENANT",
    "AccessRole",
    "ApiKey",
    "Principal",
    "PublicUse",
    "access_lists",
    "may_see",
]

DEFAULT_TENANT = "default"
ACCESS_PREFIX = "access:"  # of tags: only who is on one of the lists sees the document


class AccessRole(StrEnum):
    """What somebody may do; a principal may have several."""

    BOT = "bot"
    AGENT = "agent"
    ADMIN = "admin"
    EVALUATOR = "evaluator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class PublicUse:
    """What a key may be used for that everybody can read in a page: to chat from pages of these origins.

    An origin is written as browsers send it, such as `https://shop.example`. `rate_limits` are those of all visitors
    together, empty for none.
    """

    origins: tuple[str, ...]
    knowledge_base: str
    rate_limits: str = ""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: `subject` recognises a key or the owner of a token in logs.

    `access` names the lists that the principal is on; None sees every document. With `public` it is a visitor of a
    page, who has no role.
    """

    subject: str
    tenant: str = DEFAULT_TENANT
    roles: frozenset[AccessRole] = field(default_factory=frozenset)
    access: tuple[str, ...] | None = None
    public: PublicUse | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret; `id` is the beginning of the key, by which people recognise it."""

    id: str
    name: str
    tenant: str
    roles: frozenset[AccessRole]
    access: tuple[str, ...] | None
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    public: PublicUse | None = None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether it opens anything at that moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def access_lists(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the access lists that a document's tags name; none means that everybody sees it."""
    return tuple(tag.removeprefix(ACCESS_PREFIX) for tag in tags if tag.startswith(ACCESS_PREFIX))


def may_see(access: Sequence[str] | None, tags: Iterable[str]) -> bool:
    """Tell whether somebody on the lists `access` sees a document with these tags."""
    return access is None or not (lists := access_lists(tags)) or not set(access).isdisjoint(lists)
