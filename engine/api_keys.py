"""API keys: made, recognised, listed and revoked."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.domain.access import DEFAULT_TENANT, AccessRole, ApiKey, Principal, PublicUse
from engine.errors import InvalidInput
from engine.ports import ApiKeyRepository
from engine.public_use import checked_use

__all__ = ["TENANT", "ApiKeys", "KeyRequest", "checked_tenant"]

PREFIX = "kd"
PUBLIC_PREFIX = "kdpub"
ID_BYTES = 6
SECRET_BYTES = 32  # so much chance needs no slow hash
TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LIST_NAME = re.compile(r"[^\s,*][^,\x00-\x1f\x7f]{0,99}")
NAME_CHARS = 200
NOTED_EVERY = timedelta(minutes=1)  # a use is written down at most so often
_UNKNOWN_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What a key to be made is for; `access` None sees every document, `lifetime` None never expires.

    A key for `public` use has no role, and sees only what is behind no access list, or behind those of `access`.
    """

    name: str
    roles: Collection[AccessRole]
    tenant: str = DEFAULT_TENANT
    access: Sequence[str] | None = None
    lifetime: timedelta | None = None
    public: PublicUse | None = None


class ApiKeys:
    """The keys of all tenants; a key is `kd_<id>_<secret>`, of which the id and a hash of the secret are kept.

    Public ones begin with `kdpub_`.
    """

    def __init__(self, keys: ApiKeyRepository, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._keys = keys
        self._now = now

    def create(self, request: KeyRequest) -> tuple[ApiKey, str]:
        """Make a key and return it with its text, which cannot be told again; InvalidInput names what is wrong."""
        access = () if request.public and request.access is None else request.access
        key = ApiKey(
            id=f"{PUBLIC_PREFIX if request.public else PREFIX}_{secrets.token_hex(ID_BYTES)}",
            name=_checked_name(request.name),
            tenant=checked_tenant(request.tenant),
            roles=_checked_roles(request),
            access=None if access is None else tuple(map(_checked_list, dict.fromkeys(access))),
            public=request.public and checked_use(request.public),
            created_at=(now := self._now()),
            expires_at=now + request.lifetime if request.lifetime is not None else None,
        )
        secret = secrets.token_urlsafe(SECRET_BYTES)
        self._keys.add(key, _hash(secret))
        return key, f"{key.id}_{secret}"

    def principal(self, text: str) -> Principal | None:
        """Return whom a key stands for; None if it opens nothing."""
        prefix, _, rest = text.partition("_")
        key_id, _, secret = rest.partition("_")
        found = self._keys.with_hash(f"{prefix}_{key_id}") if prefix in (PREFIX, PUBLIC_PREFIX) else None
        if not hmac.compare_digest(_hash(secret), found[1] if found else _UNKNOWN_HASH) or found is None:
            return None
        key, now = found[0], self._now()
        if not key.is_valid(now):
            return None
        if key.last_used_at is None or now - key.last_used_at >= NOTED_EVERY:
            self._keys.used(key.id, now)
        return Principal(key.id, key.tenant, key.roles, key.access, key.public)

    def are_used_from(self, origin: str) -> bool:
        """Tell whether pages of an origin may use any of the public keys."""
        now = self._now()
        return any(key.public and key.is_valid(now) and origin in key.public.origins for key in self.listed())

    def listed(self, tenant: str = "") -> tuple[ApiKey, ...]:
        """Return the keys of a tenant, or of all."""
        return self._keys.keys((tenant,) if tenant else ())

    def key(self, key_id: str) -> ApiKey:
        """Return a key, or raise NotFound."""
        return self._keys.key(key_id)

    def revoke(self, key_id: str) -> ApiKey:
        """Make a key open nothing from now on, or raise NotFound."""
        return self._keys.revoke(key_id, self._now())


def checked_tenant(name: str) -> str:
    """Return the name of a tenant, or raise InvalidInput."""
    if not TENANT.fullmatch(name):
        raise InvalidInput(
            "That is no name of a tenant.", remedy="Use 1 to 40 small letters, digits and hyphens, no hyphen first."
        )
    return name


def _checked_name(name: str) -> str:
    said = name.strip()
    if not said or len(said) > NAME_CHARS:
        raise InvalidInput("A key needs a name.", remedy=f"Say in 1 to {NAME_CHARS} characters what it is for.")
    return said


def _checked_roles(request: KeyRequest) -> frozenset[AccessRole]:
    if request.public and request.roles:
        raise InvalidInput("A public key has no role.", remedy="Leave the roles out: its visitors can only chat.")
    if not (request.public or request.roles):
        raise InvalidInput("A key needs a role.", remedy=f"Give one or more of: {', '.join(AccessRole)}.")
    return frozenset(request.roles)


def _checked_list(name: str) -> str:
    if not LIST_NAME.fullmatch(name):
        raise InvalidInput(
            "That is no name of an access list.", remedy="Use up to 100 characters, no comma, no star or space first."
        )
    return name


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
