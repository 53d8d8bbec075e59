"""Files of uploads in an SQL database, until their job is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import delete, insert, select

from engine.persistence.repository import SqlRepository
from engine.persistence.service_tables import uploads
from engine.persistence.transactions import reading, writing

__all__ = ["SqlUploads"]


class SqlUploads(SqlRepository):
    """Named files under the key of their upload; safe to use from several threads and processes."""

    def put(self, key: str, files: Iterable[tuple[str, bytes]], *, at: float) -> None:
        """Keep files that came in at a time (epoch), all of them or none."""
        with writing(self._engine, line=f"upload {key}") as connection:
            for name, content in files:
                row = {"key": key, "name": name, "content": content, "received_at": at}
                connection.execute(insert(uploads).values(row))

    def files(self, key: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files, one of them in memory at a time; none if there is no such upload."""
        this = uploads.c.key == key
        with reading(self._engine) as connection:
            for name in connection.execute(select(uploads.c.name).where(this)).scalars().all():
                found = select(uploads.c.content).where(this, uploads.c.name == name)
                yield name, connection.execute(found).scalar_one()

    def drop(self, key: str) -> None:
        """Remove the files of an upload."""
        with writing(self._engine, line=f"upload {key}") as connection:
            connection.execute(delete(uploads).where(uploads.c.key == key))

    def sweep(self, needed: Collection[str], *, before: float) -> None:
        """Remove what came in before a time (epoch) and is not needed."""
        with writing(self._engine) as connection:
            old = connection.execute(select(uploads.c.key).where(uploads.c.received_at < before).distinct()).scalars()
            for key in set(old) - set(needed):
                connection.execute(delete(uploads).where(uploads.c.key == key))
