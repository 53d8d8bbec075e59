"""Statements that run for every document, built once: building one takes as long as running it.

`key` and `number` are the parameters for a document and its version.
"""

from __future__ import annotations

from sqlalchemy import BindParameter, Integer, bindparam, delete, func, insert, select, update

from engine.persistence.any_text import AnyText
from engine.persistence.tables import chunks, documents, knowledge_bases, texts, versions

__all__ = [
    "ACTIVATED",
    "ACTIVATE_VERSION",
    "ADD_CHUNKS",
    "ADD_DOCUMENT",
    "ADD_TEXT",
    "ADD_VERSION",
    "ALL_VERSIONS",
    "CHUNKS",
    "CURRENT_VERSIONS",
    "DOCUMENT",
    "HOME",
    "KNOWLEDGE_BASE",
    "LATEST_VERSION",
    "REMOVE_DOCUMENT",
    "REMOVE_VERSION",
    "SHOW_VERSION",
    "TEXT",
    "VERSIONS",
]

_ID = bindparam("key", type_=AnyText)
_NUMBER: BindParameter[int] = bindparam("number", type_=Integer)
_THIS_VERSION = (versions.c.document_id == _ID) & (versions.c.version == _NUMBER)

# what `engine.persistence.rows.document_of` reads
ALL_VERSIONS = select(documents.c.knowledge_base, versions).join_from(documents, versions)
CURRENT_VERSIONS = ALL_VERSIONS.where(versions.c.version == documents.c.current_version)
DOCUMENT = CURRENT_VERSIONS.where(documents.c.id == _ID)
VERSIONS = ALL_VERSIONS.where(documents.c.id == _ID, versions.c.activated).order_by(versions.c.version.desc())
LATEST_VERSION = select(func.max(versions.c.version)).where(versions.c.document_id == _ID)
TEXT = select(texts.c.text).where(texts.c.document_id == _ID, texts.c.version == _NUMBER)
CHUNKS = select(chunks).where(chunks.c.document_id == _ID, chunks.c.version == _NUMBER).order_by(chunks.c.ordinal)

KNOWLEDGE_BASE = select(knowledge_bases).where(knowledge_bases.c.name == bindparam("name", type_=AnyText))
HOME = select(documents.c.knowledge_base).where(documents.c.id == _ID)
ACTIVATED = select(versions.c.activated).where(_THIS_VERSION)
ADD_DOCUMENT = insert(documents)
ADD_VERSION = insert(versions)
ADD_TEXT = insert(texts)
ADD_CHUNKS = insert(chunks)
ACTIVATE_VERSION = update(versions).where(_THIS_VERSION).values(activated=True)
SHOW_VERSION = (
    update(documents)
    .where(documents.c.id == _ID)
    .values(
        current_version=_NUMBER,
        source=select(versions.c.source).where(_THIS_VERSION).scalar_subquery(),
        uri=select(versions.c.uri).where(_THIS_VERSION).scalar_subquery(),
    )
)
REMOVE_VERSION = delete(versions).where(_THIS_VERSION)
REMOVE_DOCUMENT = delete(documents).where(documents.c.id == _ID)
