"""A column type for any Python string."""

from __future__ import annotations

import json

from sqlalchemy import Dialect, Text, TypeDecorator

__all__ = ["AnyText"]

MARK = "\ufdd0"  # a noncharacter; what follows it is JSON


class AnyText(TypeDecorator[str]):
    """Text that may hold NUL, which PostgreSQL refuses, and unpaired surrogates, which UTF-8 cannot say.

    Such values are kept as JSON behind a mark; all others as they are, so that they compare and sort.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what the database keeps."""
        if value is None or _plain(value):
            return value
        return MARK + json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what was kept."""
        if value is None or not value.startswith(MARK):
            return value
        kept: str = json.loads(value[len(MARK) :])
        return kept


def _plain(value: str) -> bool:
    if "\x00" in value or value.startswith(MARK):
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
