"""Reading documents, their versions and texts from an SQL database."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Text, cast, func, literal, or_, select, tuple_

from engine.domain.knowledge import Chunk, Document, DocumentFilter, Fingerprint, Region, StoredText, Tally
from engine.missing import no_document, no_version
from engine.persistence import statements as sql
from engine.persistence.alike import near_text, same_text
from engine.persistence.any_text import AnyText
from engine.persistence.exchanges import in_utc
from engine.persistence.repository import SqlRepository
from engine.persistence.rows import chunk_of, document_of, region_of
from engine.persistence.tables import documents, versions
from engine.persistence.transactions import reading

__all__ = ["SqlDocuments"]


class SqlDocuments(SqlRepository):
    """The part of the repository that reads documents."""

    def document(self, document_id: str) -> Document:
        """Return the newest activated version's record, or raise NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.DOCUMENT, {"key": document_id}).one_or_none()
        if row is None:
            raise no_document(document_id)
        return document_of(row)

    def documents(
        self,
        knowledge_base: str,
        *,
        filter: DocumentFilter | None = None,
        after: str = "",
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Document, ...]:
        """Return documents, as of their newest version, ordered by (uri, id).

        Those after the id `after`, without the first `skip` of them, at most `limit`. Raises NotFound if there is no
        document `after`.
        """
        query = sql.CURRENT_VERSIONS.where(*_wanted(knowledge_base, filter))
        with reading(self._engine) as connection:
            if after:
                uri = connection.execute(select(documents.c.uri).where(documents.c.id == after)).scalar_one_or_none()
                if uri is None:
                    raise no_document(after)
                last = tuple_(literal(uri, AnyText), literal(after, AnyText))
                query = query.where(tuple_(documents.c.uri, documents.c.id) > last)
            rows = connection.execute(query.order_by(documents.c.uri, documents.c.id).limit(limit).offset(skip or None))
            return tuple(map(document_of, rows))

    def tally(self, knowledge_base: str, *, filter: DocumentFilter | None = None) -> Tally:
        """Count documents and their chunks, as of their newest versions."""
        query = sql.TALLY.where(*_wanted(knowledge_base, filter))
        with reading(self._engine) as connection:
            return Tally(*connection.execute(query).one())

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Return all activated versions, newest first."""
        with reading(self._engine) as connection:
            return tuple(map(document_of, connection.execute(sql.VERSIONS, {"key": document_id})))

    def version(self, document_id: str, version: int) -> Document:
        """Return an activated version's record, or raise NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.VERSION, {"key": document_id, "number": version}).one_or_none()
        if row is None:
            raise no_version(document_id, version)
        return document_of(row)

    def latest_version(self, document_id: str) -> int:
        """Return the highest version number, staged or not; 0 if there is none."""
        with reading(self._engine) as connection:
            return connection.execute(sql.LATEST_VERSION, {"key": document_id}).scalar() or 0

    def stored_text(self, document_id: str, version: int) -> StoredText:
        """Return the text of a version (kept after a newer one took its place), or raise NotFound."""
        with reading(self._engine) as connection:
            return StoredText(document_id, version, _text(connection, document_id, version))

    def chunks(self, document_id: str, version: int) -> tuple[Chunk, ...]:
        """Return the chunks of a version in reading order, or raise NotFound."""
        with reading(self._engine) as connection:
            text = _text(connection, document_id, version)
            rows = connection.execute(sql.CHUNKS, {"key": document_id, "number": version})
            return tuple(chunk_of(row, text) for row in rows)

    def regions(self, document_id: str, version: int) -> tuple[Region, ...]:
        """Return where on its pages the text of a version was read, in order; empty if it was not read off images."""
        with reading(self._engine) as connection:
            rows = connection.execute(sql.REGIONS, {"key": document_id, "number": version})
            return tuple(map(region_of, rows))

    def alike(self, document_id: str, *, limit: int = 20) -> tuple[tuple[Document, Fingerprint], ...]:
        """Return the document itself, then others of its knowledge base whose text is the same or shares a band.

        Newest versions are compared; those that share most bands come first. Nothing comes back for a document without
        a fingerprint, NotFound is raised for one that is not there.
        """
        with reading(self._engine) as connection:
            own = connection.execute(sql.DOCUMENT, {"key": document_id}).one_or_none()
            if own is None:
                raise no_document(document_id)
            if not own.text_hash:
                return ()
            wanted = connection.execute(sql.BANDS, {"key": document_id, "number": own.version}).scalars().all()
            this = {"key": document_id, "name": own.knowledge_base, "limit": limit}
            same = connection.execute(same_text(), {**this, "hash": own.text_hash})
            near = connection.execute(near_text(), {**this, "bands": wanted, "sharing": limit + 1})  # itself too
            rows = [own, *same, *near]
        found = {row.document_id: (document_of(row), Fingerprint(row.text_hash, row.sketch or b"")) for row in rows}
        return tuple(found.values())


def _wanted(knowledge_base: str, filter: DocumentFilter | None) -> tuple[ColumnElement[bool], ...]:
    return (documents.c.knowledge_base == knowledge_base, *_conditions(filter or DocumentFilter()))


def _conditions(wanted: DocumentFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield versions.c.kind == wanted.kind.value
    if wanted.language:
        yield versions.c.language == wanted.language
    if wanted.source is not None:
        yield documents.c.source == wanted.source
    if wanted.container is not None:
        yield documents.c.container == wanted.container
    if wanted.uri_part:
        yield documents.c.uri.icontains(wanted.uri_part, autoescape=True)
    if wanted.name_part:
        named = (documents.c.uri, versions.c.title)
        yield or_(*(column.icontains(wanted.name_part, autoescape=True) for column in named))
    if wanted.updated_since is not None:
        yield versions.c.updated_at >= in_utc(wanted.updated_since).isoformat(timespec="seconds")
    kept = literal(", ") + func.substr(cast(versions.c.tags, Text), 2)  # each tag behind a comma, as JSON
    for tag in wanted.tags:  # LIKE would take upper for lower case
        yield func.replace(kept, f", {json.dumps(tag)}", "") != kept


def _text(connection: Connection, document_id: str, version: int) -> str:
    text: str | None = connection.execute(sql.TEXT, {"key": document_id, "number": version}).scalar_one_or_none()
    if text is None:
        raise no_version(document_id, version)
    return text
