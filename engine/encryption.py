"""Encryption at rest: which values are under which key, and bringing all under the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine as Database

from engine.persistence.database import open_database
from engine.persistence.keyring import Keyring, read_keyring
from engine.persistence.rotation import Rotated, keys_in_use, rotate
from engine.records import database_url
from engine.settings import Settings
from engine.tenancy import tenant_names, tenant_settings

__all__ = ["encryption_status", "rotate_encryption"]


def encryption_status(settings: Settings) -> dict[str, Mapping[str, Counter[str]]]:
    """Return, by tenant and column, how many values are under which key; an empty key stands for plain ones."""
    found = dict[str, Mapping[str, Counter[str]]]()
    keyring = read_keyring(settings.encryption_keys.get_secret_value())
    for tenant in tenant_names(settings):
        with _database(settings, tenant, keyring) as database:
            found[tenant] = keys_in_use(database)
    return found


def rotate_encryption(settings: Settings, *, decrypt: bool = False) -> Iterator[tuple[str, Rotated]]:
    """Encrypt what is plain or under an older key, tenant by tenant, and yield how far it is; see `rotate`.

    To `decrypt` makes everything plain instead, so that the keys can be taken away.
    """
    keyring = read_keyring(settings.encryption_keys.get_secret_value())
    if keyring and decrypt:
        keyring = keyring.only_opening()
    for tenant in tenant_names(settings):
        with _database(settings, tenant, keyring) as database:
            for done in rotate(database, keyring):
                yield tenant, done


@contextmanager
def _database(settings: Settings, tenant: str, keyring: Keyring | None) -> Iterator[Database]:
    database = open_database(database_url(tenant_settings(settings, tenant)), keyring)
    try:
        yield database
    finally:
        database.dispose()
