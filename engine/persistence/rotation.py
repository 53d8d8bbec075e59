"""Which rows are under which key, and bringing all under the newest, while others read and write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, Text, cast, delete, func, insert, select, tuple_, update

from engine.errors import Conflict, Misconfigured
from engine.persistence.keyring import SETTING, Keyring, missing_key
from engine.persistence.sealed import key_of, sealed_columns
from engine.persistence.service_tables import encryption_keys
from engine.persistence.transactions import reading, truncate_log, writing

__all__ = ["Rotated", "check_keys", "keys_in_use", "rotate"]

BATCH = 200  # rows of a transaction, while which others wait to write
PLAIN = ""  # in the place of a key
_BEGINNING = 24  # characters that tell the key


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows of a table were looked at so far, and how many of them were written anew."""

    table: str
    seen: int
    written: int


def check_keys(engine: Engine, keyring: Keyring | None, *, remember: bool = True) -> None:
    """Raise Misconfigured if something is under a key that the keyring has not, as far as keys are remembered.

    The key that encrypts from now on is remembered, and one that is not given is forgotten if nothing is under it.
    """
    with reading(engine) as connection:
        known = set(connection.execute(select(encryption_keys.c.id)).scalars())
    given = keyring.ids if keyring else ()
    others = known.difference(given)
    if others and (missing := others & _used(engine)):
        raise missing_key(sorted(missing))
    if remember and (others or not known.issuperset(given[:1])):
        with suppress(Conflict):  # another process remembers the same
            _remember(engine, given[:1], instead_of=others)


def keys_in_use(engine: Engine) -> Mapping[str, Counter[str]]:
    """Return, by column, how many values are under which key; the key is empty for those that are not encrypted."""
    found: dict[str, Counter[str]] = {}
    with reading(engine) as connection:
        for table in _tables():
            for column in sealed_columns(table):
                beginnings = connection.execute(select(func.substr(cast(column, Text), 1, _BEGINNING))).scalars()
                keys = (key_of(each) for each in beginnings if each is not None)
                found[f"{table.name}.{column.name}"] = Counter(key for key in keys if key is not None)
    return found


def rotate(engine: Engine, keyring: Keyring | None) -> Iterator[Rotated]:
    """Encrypt every value that is plain or under another key than the first, and yield how far it is, often.

    With a keyring that only opens, values become plain. Each batch is a transaction of its own, so that it can be
    broken off and done again at any time. At the end the keys that are needed no more are forgotten, and the log is
    emptied of what was there before.
    """
    if keyring is None:
        raise Misconfigured("There is no key to encrypt with.", remedy=f"Set {SETTING}; see `knowdesk encryption key`.")
    for table in _tables():
        yield from _rotated(engine, table, keyring.ids[0] if keyring.seals else PLAIN)
    _remember(engine, keyring.ids[:1] if keyring.seals else (), instead_of=set(keyring.ids) - _used(engine))
    truncate_log(engine)


def _tables() -> list[Table]:
    from engine.persistence.schema import metadata  # all tables take a while to describe: only where they are looked at

    return [table for table in metadata.sorted_tables if sealed_columns(table)]


def _rotated(engine: Engine, table: Table, key: str) -> Iterator[Rotated]:
    done, last = Rotated(table.name, 0, 0), None
    while True:
        with writing(engine) as connection:
            rows = connection.execute(_after(table, last)).all()
            written = sum(_written(connection, table, row, key) for row in rows)
        if not rows:
            return
        last = rows[-1]
        done = Rotated(table.name, done.seen + len(rows), done.written + written)
        yield done


def _after(table: Table, last: Row[Any] | None) -> Select[Any]:
    """Ask for the next rows in the order of their primary keys, with the beginnings of their values."""
    keys = list(table.primary_key)
    kept = [
        func.substr(cast(column, Text), 1, _BEGINNING).label(f"kept_{column.name}") for column in sealed_columns(table)
    ]
    query = select(table, *kept).order_by(*keys).limit(BATCH).with_for_update()
    if last is None:
        return query
    return query.where(tuple_(*keys) > tuple_(*(last._mapping[key] for key in keys)))


def _written(connection: Connection, table: Table, row: Row[Any], key: str) -> bool:
    """Write the values of a row again that are not under the key; tell whether there were any."""
    stale = {
        column: row._mapping[column]
        for column in sealed_columns(table)
        if key_of(row._mapping[f"kept_{column.name}"] or "") not in {key, None}
    }
    if stale:
        this = [each == row._mapping[each] for each in table.primary_key]
        connection.execute(update(table).where(*this).values(stale))
    return bool(stale)


def _used(engine: Engine) -> set[str]:
    return {key for counts in keys_in_use(engine).values() for key in counts}


def _remember(engine: Engine, keys: Collection[str], *, instead_of: Collection[str]) -> None:
    known, them = encryption_keys.c.id, {*keys, *instead_of}
    with writing(engine) as connection:
        connection.execute(delete(encryption_keys).where(known.in_(them)))
        for key in keys:
            connection.execute(insert(encryption_keys).values(id=key))
