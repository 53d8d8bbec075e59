"""Column types whose values are encrypted where the database was opened with keys, and read either way."""

from __future__ import annotations

import json
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, Column, ColumnElement, Dialect, Engine, Table, Text, type_coerce
from sqlalchemy.types import TypeDecorator

from engine.persistence.any_text import MARK, AnyText
from engine.persistence.keyring import ID_CHARS, Keyring, missing_key

__all__ = ["SealedJson", "SealedName", "SealedText", "is_named", "key_of", "sealed_columns", "use_keyring"]

_KEYRINGS: WeakKeyDictionary[Dialect, Keyring] = WeakKeyDictionary()
_CODED_MARK = json.dumps(MARK)[:-1]  # as a JSON column has it


def use_keyring(engine: Engine, keyring: Keyring | None) -> None:
    """Encrypt with these keys what is written over the engine; None writes as it is."""
    if keyring:
        _KEYRINGS[engine.dialect] = keyring


class SealedText(AnyText):
    """Text that is encrypted; empty text and null stay, as nothing is in them."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what the database keeps."""
        plain, keyring = super().process_bind_param(value, dialect), _KEYRINGS.get(dialect)
        return self._sealed(plain, keyring) if keyring and keyring.seals and plain else plain

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what was kept."""
        return super().process_result_value(self._opened(value, dialect) if _is_sealed(value) else value, dialect)

    def _sealed(self, plain: str, keyring: Keyring) -> str:
        return MARK + keyring.seal(plain)

    def _opened(self, value: str | None, dialect: Dialect) -> str:
        return _open(value or "", dialect)


class SealedName(SealedText):
    """Text that is encrypted the same each time, so that `is_named` finds it."""

    cache_ok = True

    def _sealed(self, plain: str, keyring: Keyring) -> str:
        return MARK + keyring.names(plain)[0]

    def _opened(self, value: str | None, dialect: Dialect) -> str:
        return _open(value or "", dialect, name=True)


class SealedJson(TypeDecorator[Any]):
    """A list or an object that is encrypted as a JSON string; an empty one stays."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return what the database keeps."""
        keyring = _KEYRINGS.get(dialect)
        return MARK + keyring.seal(json.dumps(value)) if keyring and keyring.seals and value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return what was kept."""
        return json.loads(_open(value, dialect)) if isinstance(value, str) else value


def is_named(column: Column[str], name: str, dialect: Dialect) -> ColumnElement[bool]:
    """Return the condition that a `SealedName` is this one, under whichever key it was encrypted, if any."""
    plain = AnyText().process_bind_param(name, dialect) or ""
    keyring = _KEYRINGS.get(dialect)
    forms = [plain, *(MARK + form for form in (keyring.names(plain) if keyring and plain else ()))]
    return type_coerce(column, Text).in_(forms)


def sealed_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that are encrypted."""
    return [column for column in table.c if isinstance(column.type, SealedText | SealedJson)]


def key_of(kept: str) -> str | None:
    """Return the id of the key of a value as the database keeps it; empty for one that is plain, None for an empty one.

    The beginning of a value is enough; of a JSON column it is the text of the JSON.
    """
    if kept in {"", "null", "[]", "{}"}:
        return None
    for mark in (MARK, _CODED_MARK, f'"{MARK}'):
        if kept.startswith(mark) and not kept.startswith((f'{mark}"', f'{mark}\\"')):
            return kept[len(mark) :][:ID_CHARS]
    return ""


def _is_sealed(value: str | None) -> bool:
    return value is not None and value.startswith(MARK) and not value.startswith(f'{MARK}"')


def _open(value: str, dialect: Dialect, *, name: bool = False) -> str:
    keyring, sealed = _KEYRINGS.get(dialect), value.removeprefix(MARK)
    if keyring is None:
        raise missing_key([sealed[:ID_CHARS]])
    return keyring.open(sealed, name=name)
