"""Keeping API keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.access import ApiKey

__all__ = ["ApiKeyRepository"]


class ApiKeyRepository(Protocol):
    """API keys with the hashes of their secrets, which are looked up by the key's id."""

    def add(self, key: ApiKey, secret_hash: str) -> None:
        """Keep a key; Conflict if its id is taken."""
        ...

    def key(self, key_id: str) -> ApiKey:
        """Return a key, or raise NotFound."""
        ...

    def with_hash(self, key_id: str) -> tuple[ApiKey, str] | None:
        """Return a key with the hash of its secret; None if there is none."""
        ...

    def keys(self, tenants: Sequence[str] = ()) -> tuple[ApiKey, ...]:
        """Return the keys of some tenants, or of all, in the order in which they were made."""
        ...

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """Make a key open nothing from now on and return it, or raise NotFound; the first time counts."""
        ...

    def used(self, key_id: str, at: datetime) -> None:
        """Remember when a key was last used."""
        ...
