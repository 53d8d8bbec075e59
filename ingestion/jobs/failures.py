"""What failures of the jobs' database are called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from engine.errors import BackendFailed

__all__ = ["database_failures"]


@contextmanager
def database_failures() -> Iterator[None]:
    """Raise BackendFailed for what the database, or the way to it, raises in the block."""
    try:
        yield
    except SQLAlchemyError as error:
        raise BackendFailed("The database failed.", remedy="Check KNOWDESK_DATABASE_URL.") from error
