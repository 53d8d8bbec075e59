"""The KnowledgeRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, delete, insert, literal, select, tuple_

from engine.domain.knowledge import Chunk, Document, KnowledgeBase, StoredText
from engine.errors import Conflict, NotFound
from engine.persistence import statements as sql
from engine.persistence.any_text import AnyText
from engine.persistence.rows import chunk_of, chunk_rows, document_of, version_row
from engine.persistence.tables import documents, knowledge_bases, signatures
from engine.persistence.transactions import reading, writing
from engine.ports import IndexSignature

__all__ = ["SqlKnowledgeRepository"]

MANY = 500  # ids in one statement; databases bound the number of parameters


class SqlKnowledgeRepository:
    """Knowledge bases and documents; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_knowledge_base(self, knowledge_base: KnowledgeBase) -> None:
        """Store it; Conflict if the name is taken."""
        name = knowledge_base.name
        with writing(self._engine) as connection:
            if _has_knowledge_base(connection, name):
                raise Conflict(f"Knowledge base {name!r} exists already.", remedy="Choose another name.")
            connection.execute(insert(knowledge_bases), {"name": name, "description": knowledge_base.description})

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound names the ones that exist."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.KNOWLEDGE_BASE, {"name": name}).one_or_none()
            if row is None:
                raise _no_knowledge_base(connection, name)
            return KnowledgeBase(row.name, row.description)

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return all, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(knowledge_bases).order_by(knowledge_bases.c.name))
            return tuple(KnowledgeBase(row.name, row.description) for row in rows)

    def delete_knowledge_base(self, name: str) -> None:
        """Remove it with its documents, texts and signature, or raise NotFound."""
        with writing(self._engine) as connection:
            if not connection.execute(delete(knowledge_bases).where(knowledge_bases.c.name == name)).rowcount:
                raise _no_knowledge_base(connection, name)

    def signature(self, knowledge_base: str) -> IndexSignature | None:
        """Return what the index was built with; None if nothing was indexed yet."""
        with reading(self._engine) as connection:
            query = select(signatures).where(signatures.c.knowledge_base == knowledge_base)
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return IndexSignature(row.model, row.revision, row.dimension, row.normalized, row.terms)

    def set_signature(self, knowledge_base: str, signature: IndexSignature) -> None:
        """Record what the index is built with; NotFound for an unknown knowledge base."""
        values = {
            "knowledge_base": knowledge_base,
            "model": signature.model,
            "revision": signature.revision,
            "dimension": signature.dimension,
            "normalized": signature.normalized,
            "terms": signature.terms,
        }
        with writing(self._engine) as connection:
            if not _has_knowledge_base(connection, knowledge_base):
                raise _no_knowledge_base(connection, knowledge_base)
            connection.execute(delete(signatures).where(signatures.c.knowledge_base == knowledge_base))
            connection.execute(insert(signatures), values)

    def stage(self, document: Document, text: str, chunks: Sequence[Chunk]) -> None:
        """Store `document.version` of a document, invisible until `activate`; replaces the same staged version.

        Raises Conflict if that version was activated before or the document is in another knowledge base, NotFound
        for an unknown knowledge base, and InvalidInput for a chunk that is not cut from `text`. The document's
        `chunk_count` becomes the number of chunks.
        """
        rows = chunk_rows(document, text, chunks)
        key = {"document_id": document.id, "version": document.version}
        with writing(self._engine) as connection:
            _make_room(connection, document)
            connection.execute(sql.ADD_VERSION, version_row(document, len(chunks)))
            connection.execute(sql.ADD_TEXT, {**key, "text": text})
            if rows:
                connection.execute(sql.ADD_CHUNKS, rows)

    def activate(self, document_id: str, version: int) -> None:
        """Make a staged version the current one, at once for all readers; NotFound if it was not staged."""
        this = {"key": document_id, "number": version}
        with writing(self._engine) as connection:
            if not connection.execute(sql.ACTIVATE_VERSION, this).rowcount:
                raise _no_version(document_id, version)
            connection.execute(sql.SHOW_VERSION, this)

    def document(self, document_id: str) -> Document:
        """Return the current version's record, or raise NotFound."""
        with reading(self._engine) as connection:
            row = connection.execute(sql.DOCUMENT, {"key": document_id}).one_or_none()
        if row is None:
            raise _no_document(document_id)
        return document_of(row)

    def documents(
        self, knowledge_base: str, *, source: str | None = None, after: str = "", limit: int | None = None
    ) -> tuple[Document, ...]:
        """Return current documents ordered by (uri, id), those after the id `after`, at most `limit`.

        Raises NotFound if there is no document `after`.
        """
        query = sql.CURRENT_VERSIONS.where(documents.c.knowledge_base == knowledge_base)
        if source is not None:
            query = query.where(documents.c.source == source)
        with reading(self._engine) as connection:
            if after:
                uri = connection.execute(select(documents.c.uri).where(documents.c.id == after)).scalar_one_or_none()
                if uri is None:
                    raise _no_document(after)
                last = tuple_(literal(uri, AnyText), literal(after, AnyText))
                query = query.where(tuple_(documents.c.uri, documents.c.id) > last)
            rows = connection.execute(query.order_by(documents.c.uri, documents.c.id).limit(limit))
            return tuple(map(document_of, rows))

    def current_versions(self, document_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the current version of each document that has one."""
        query = select(documents.c.id, documents.c.current_version).where(documents.c.current_version.is_not(None))
        found: dict[str, int] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(document_ids), MANY):
                some = documents.c.id.in_(document_ids[start : start + MANY])
                found |= {row.id: row.current_version for row in connection.execute(query.where(some))}
        return found

    def versions(self, document_id: str) -> tuple[Document, ...]:
        """Return all activated versions, newest first."""
        with reading(self._engine) as connection:
            return tuple(map(document_of, connection.execute(sql.VERSIONS, {"key": document_id})))

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

    def delete_document(self, document_id: str) -> None:
        """Remove a document with all its versions, or raise NotFound."""
        with writing(self._engine) as connection:
            if not connection.execute(sql.REMOVE_DOCUMENT, {"key": document_id}).rowcount:
                raise _no_document(document_id)


def _make_room(connection: Connection, document: Document) -> None:
    """See to it that the document exists, in its knowledge base, without the version that is to be staged."""
    found = connection.execute(sql.HOME, {"key": document.id}).scalar_one_or_none()
    if found is None:
        if not _has_knowledge_base(connection, document.knowledge_base):
            raise _no_knowledge_base(connection, document.knowledge_base)
        new = {"id": document.id, "knowledge_base": document.knowledge_base}
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


def _has_knowledge_base(connection: Connection, name: str) -> bool:
    return connection.execute(sql.KNOWLEDGE_BASE, {"name": name}).one_or_none() is not None


def _text(connection: Connection, document_id: str, version: int) -> str:
    text: str | None = connection.execute(sql.TEXT, {"key": document_id, "number": version}).scalar_one_or_none()
    if text is None:
        raise _no_version(document_id, version)
    return text


def _no_knowledge_base(connection: Connection, name: str) -> NotFound:
    names = connection.execute(select(knowledge_bases.c.name).order_by(knowledge_bases.c.name)).scalars().all()
    known = f"There are: {', '.join(map(repr, names))}." if names else "There are none yet; ingest something first."
    return NotFound(f"There is no knowledge base {name!r}.", remedy=known)


def _no_document(document_id: str) -> NotFound:
    return NotFound(f"There is no document {document_id!r}.", remedy="List the documents of the knowledge base.")


def _no_version(document_id: str, version: int) -> NotFound:
    return NotFound(f"There is no version {version} of document {document_id!r}.", remedy="List its versions.")
