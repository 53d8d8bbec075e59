"""Writing documents to an SQL database: versions are staged, then activated for all readers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from engine.domain.knowledge import Chunk, Document, Fingerprint, Region
from engine.domain.validity import InForce, periods
from engine.errors import Conflict
from engine.missing import no_document, no_version
from engine.persistence import statements as sql
from engine.persistence.repository import SqlRepository, has_knowledge_base, in_portions, no_knowledge_base
from engine.persistence.rows import chunk_rows, region_rows, version_row
from engine.persistence.transactions import reading, truncate_log, writing

__all__ = ["SqlPublishing"]


class SqlPublishing(SqlRepository):
    """The part of the repository that writes documents, and knows which version is in force."""

    def stage(
        self,
        document: Document,
        text: str,
        chunks: Sequence[Chunk],
        *,
        regions: Sequence[Region] = (),
        fingerprint: Fingerprint | None = None,
    ) -> None:
        """Store `document.version` of a document, invisible until `activate`; replaces the same staged version.

        Raises Conflict if that version was activated before or the document is in another knowledge base, NotFound
        for an unknown knowledge base, and InvalidInput for a chunk that is not cut from `text`. The document's
        `chunk_count` becomes the number of chunks.
        """
        rows = chunk_rows(document, text, chunks)
        key = {"document_id": document.id, "version": document.version}
        with writing(self._engine, line=f"document {document.id}") as connection:
            _make_room(connection, document)
            connection.execute(sql.ADD_VERSION, version_row(document, len(chunks), fingerprint))
            connection.execute(sql.ADD_TEXT, {**key, "text": text})
            if rows:
                connection.execute(sql.ADD_CHUNKS, rows)
            if regions:
                connection.execute(sql.ADD_REGIONS, region_rows(document, regions))
            if fingerprint and fingerprint.bands:
                connection.execute(sql.ADD_BANDS, [{**key, "band": band} for band in fingerprint.bands])

    def activate(self, document_id: str, version: int) -> None:
        """Make a staged version the newest one, at once for all readers.

        From when on it is in force, and what becomes of the other versions, is told by `engine.domain.validity`.
        Raises NotFound if it was not staged, Conflict if a newer one was activated before.
        """
        this = {"key": document_id, "number": version}
        with writing(self._engine, line=f"document {document_id}") as connection:
            newest = connection.execute(sql.NEWEST, {"key": document_id}).scalar() or 0
            if newest > version:
                raise Conflict(
                    f"Document {document_id} has a newer version, {newest}, than {version}.",
                    remedy="Stage the next version.",
                )
            generation = connection.execute(sql.NEXT_GENERATION, {"key": document_id}).scalar()
            if not connection.execute(sql.ACTIVATE_VERSION, {**this, "reached": generation}).rowcount:
                raise no_version(document_id, version)
            _set_periods(connection, document_id)
            connection.execute(sql.SHOW_VERSION, this)
            connection.execute(sql.FORGET_BANDS, this)

    def in_force(self, document_ids: Sequence[str], day: date) -> Mapping[str, InForce]:
        """Return, for each of the documents that has one, the version that is in force on a day."""
        found: dict[str, InForce] = {}
        with reading(self._engine) as connection:
            for keys in in_portions(document_ids):
                rows = connection.execute(sql.IN_FORCE, {"keys": keys, "day": day.toordinal()}).all()
                found |= {document_id: InForce(version, generation) for document_id, version, generation in rows}
        return found

    def indexed_versions(
        self, knowledge_base: str, document_ids: Sequence[str] | None = None
    ) -> Mapping[str, Mapping[int, int]]:
        """Return, by document, the versions that are in force on some day, each with its number of chunks.

        That is what the index must hold: of the documents that are given, or of all in the knowledge base.
        """
        found: dict[str, dict[int, int]] = {}
        with reading(self._engine) as connection:
            if document_ids is None:
                rows = connection.execute(sql.INDEXED_IN, {"name": knowledge_base}).all()
            else:
                rows = connection.execute(sql.INDEXED_OF, {"keys": list(document_ids)}).all()
        for row in rows:
            found.setdefault(row.document_id, {})[row.version] = row.chunk_count
        return found

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        with writing(self._engine) as connection:
            if not connection.execute(sql.REMOVE_DOCUMENT, {"key": document_id}).rowcount:
                raise no_document(document_id)

    def purge(self) -> None:
        """See to it that nothing deleted is left in the database's files."""
        truncate_log(self._engine)


def _make_room(connection: Connection, document: Document) -> None:
    """See to it that the document exists, in its knowledge base, without the version that is to be staged."""
    found = connection.execute(sql.HOME, {"key": document.id}).scalar_one_or_none()
    if found is None:
        if not has_knowledge_base(connection, document.knowledge_base):
            raise no_knowledge_base(connection, document.knowledge_base)
        new = {"id": document.id, "knowledge_base": document.knowledge_base, "container": document.container}
        connection.execute(sql.ADD_DOCUMENT, {**new, "source": document.source, "uri": document.uri})
        return
    if found != document.knowledge_base:
        raise Conflict(f"Document {document.id} is in another knowledge base.", remedy="Delete it there first.")
    this = {"key": document.id, "number": document.version}
    if connection.execute(sql.ACTIVATED, this).scalar_one_or_none():
        raise Conflict(
            f"Version {document.version} of document {document.id} is in use.", remedy="Stage the next version."
        )
    connection.execute(sql.REMOVE_VERSION, this)


def _set_periods(connection: Connection, document_id: str) -> None:
    """Write down on which days each version is in force, where that has changed."""
    dated = connection.execute(sql.DATES, {"key": document_id}).all()
    found = periods(dated)
    changed = [
        {"key": document_id, "number": row.version, "first": period.first, "last": period.last}
        for row in dated
        if (row.first_day, row.last_day) != ((period := found[row.version]).first, period.last)
    ]
    if changed:
        connection.execute(sql.SET_PERIOD, changed)
