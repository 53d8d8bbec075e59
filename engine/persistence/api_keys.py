"""The ApiKeyRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.domain.access import AccessRole, ApiKey, PublicUse
from engine.missing import no_key
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.repository import SqlRepository
from engine.persistence.service_tables import api_keys
from engine.persistence.transactions import reading, writing

__all__ = ["SqlApiKeyRepository"]


class SqlApiKeyRepository(SqlRepository):
    """API keys; safe to use from several threads and processes."""

    def add(self, key: ApiKey, secret_hash: str) -> None:
        """Keep a key; Conflict if its id is taken."""
        with writing(self._engine) as connection:
            connection.execute(insert(api_keys).values(_row(key, secret_hash)))

    def key(self, key_id: str) -> ApiKey:
        """Return a key, or raise NotFound."""
        found = self.with_hash(key_id)
        if found is None:
            raise no_key(key_id)
        return found[0]

    def with_hash(self, key_id: str) -> tuple[ApiKey, str] | None:
        """Return a key with the hash of its secret; None if there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.id == key_id)).one_or_none()
        return None if row is None else (_key(row), row.secret_hash)

    def keys(self, tenants: Sequence[str] = ()) -> tuple[ApiKey, ...]:
        """Return the keys of some tenants, or of all, in the order in which they were made."""
        query = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
        if tenants:
            query = query.where(api_keys.c.tenant.in_(list(tenants)))
        with reading(self._engine) as connection:
            return tuple(map(_key, connection.execute(query)))

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """Make a key open nothing from now on and return it, or raise NotFound; the first time counts."""
        this = api_keys.c.id == key_id
        with writing(self._engine) as connection:
            connection.execute(
                update(api_keys).where(this, api_keys.c.revoked_at.is_(None)).values(revoked_at=moment_text(at))
            )
        return self.key(key_id)

    def used(self, key_id: str, at: datetime) -> None:
        """Remember when a key was last used."""
        with writing(self._engine) as connection:
            connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=moment_text(at)))


def _row(key: ApiKey, secret_hash: str) -> dict[str, object]:
    return {
        "id": key.id,
        "secret_hash": secret_hash,
        "name": key.name,
        "tenant": key.tenant,
        "roles": sorted(key.roles),
        "access": None if key.access is None else list(key.access),
        "created_at": moment_text(key.created_at),
        "expires_at": key.expires_at and moment_text(key.expires_at),
        "revoked_at": key.revoked_at and moment_text(key.revoked_at),
        "last_used_at": key.last_used_at and moment_text(key.last_used_at),
        "public": None if key.public is None else asdict(key.public),
    }


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        tenant=row.tenant,
        roles=frozenset(map(AccessRole, row.roles)),
        access=None if row.access is None else tuple(row.access),
        created_at=moment(row.created_at),
        expires_at=row.expires_at and moment(row.expires_at),
        revoked_at=row.revoked_at and moment(row.revoked_at),
        last_used_at=row.last_used_at and moment(row.last_used_at),
        public=None if row.public is None else PublicUse(**{**row.public, "origins": tuple(row.public["origins"])}),
    )
