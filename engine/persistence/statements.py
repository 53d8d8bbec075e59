"""Statements that run for every document or answer, built once: building one takes as long as running it.

`key` and `number` are the parameters for a document and its version.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, BindParameter, Integer, bindparam, delete, func, insert, select, update

from engine.persistence.any_text import AnyText
from engine.persistence.tables import (
    bands,
    calibrations,
    chunks,
    documents,
    indexes,
    knowledge_bases,
    regions,
    texts,
    versions,
)

__all__ = [
    "ACTIVATED",
    "ACTIVATE_VERSION",
    "ADD_BANDS",
    "ADD_CHUNKS",
    "ADD_DOCUMENT",
    "ADD_REGIONS",
    "ADD_TEXT",
    "ADD_VERSION",
    "ALL_VERSIONS",
    "BANDS",
    "CALIBRATION",
    "CHUNKS",
    "CURRENT_VERSIONS",
    "DATES",
    "DOCUMENT",
    "FORGET_BANDS",
    "GENERATION",
    "HOME",
    "INDEX",
    "INDEXED",
    "INDEXED_IN",
    "INDEXED_OF",
    "IN_FORCE",
    "KNOWLEDGE_BASE",
    "LATEST_VERSION",
    "NEWEST",
    "NEXT_GENERATION",
    "REGIONS",
    "REMOVE_DOCUMENT",
    "REMOVE_VERSION",
    "SET_PERIOD",
    "SHOW_VERSION",
    "TALLY",
    "TEXT",
    "VERSION",
    "VERSIONS",
]

_ID = bindparam("key", type_=AnyText)
_NAME = bindparam("name", type_=AnyText)
_NUMBER: BindParameter[int] = bindparam("number", type_=BigInteger)  # what is too large is not there
_THIS_VERSION = (versions.c.document_id == _ID) & (versions.c.version == _NUMBER)

# what `engine.persistence.rows.document_of` reads
ALL_VERSIONS = select(documents.c.knowledge_base, documents.c.container, versions).join_from(documents, versions)
CURRENT_VERSIONS = ALL_VERSIONS.where(versions.c.version == documents.c.current_version)
TALLY = (
    select(func.count(), func.coalesce(func.sum(versions.c.chunk_count), 0))
    .join_from(documents, versions)
    .where(versions.c.version == documents.c.current_version)
)
DOCUMENT = CURRENT_VERSIONS.where(documents.c.id == _ID)
VERSIONS = ALL_VERSIONS.where(documents.c.id == _ID, versions.c.activated).order_by(versions.c.version.desc())
VERSION = VERSIONS.where(versions.c.version == _NUMBER)
BANDS = select(bands.c.band).where(bands.c.document_id == _ID, bands.c.version == _NUMBER)
DATES = select(
    versions.c.version,
    versions.c.effective_from,
    versions.c.effective_until,
    versions.c.replaces,
    versions.c.first_day,
    versions.c.last_day,
).where(versions.c.document_id == _ID, versions.c.activated)
NEWEST = select(documents.c.current_version).where(documents.c.id == _ID)
LATEST_VERSION = select(func.max(versions.c.version)).where(versions.c.document_id == _ID)
TEXT = select(texts.c.text).where(texts.c.document_id == _ID, texts.c.version == _NUMBER)
CHUNKS = select(chunks).where(chunks.c.document_id == _ID, chunks.c.version == _NUMBER).order_by(chunks.c.ordinal)
REGIONS = select(regions).where(regions.c.document_id == _ID, regions.c.version == _NUMBER).order_by(regions.c.ordinal)
GENERATION = select(knowledge_bases.c.generation).where(knowledge_bases.c.name == _NAME)
INDEX = select(indexes).where(indexes.c.knowledge_base == _NAME, indexes.c.in_use)
CALIBRATION = select(calibrations).where(calibrations.c.knowledge_base == _NAME)

_IDS = versions.c.document_id.in_(bindparam("keys", expanding=True))
_DAY: BindParameter[int] = bindparam("day", type_=Integer)
IN_FORCE = select(versions.c.document_id, versions.c.version, versions.c.generation).where(
    _IDS, versions.c.first_day <= _DAY, versions.c.last_day >= _DAY
)
INDEXED = select(versions.c.document_id, versions.c.version, versions.c.chunk_count).where(
    versions.c.first_day <= versions.c.last_day
)
INDEXED_OF = INDEXED.where(_IDS)
INDEXED_IN = INDEXED.join_from(versions, documents).where(documents.c.knowledge_base == _NAME)

KNOWLEDGE_BASE = select(knowledge_bases).where(knowledge_bases.c.name == _NAME)
HOME = select(documents.c.knowledge_base).where(documents.c.id == _ID)
ACTIVATED = select(versions.c.activated).where(_THIS_VERSION)
ADD_DOCUMENT = insert(documents)
ADD_VERSION = insert(versions)
ADD_TEXT = insert(texts)
ADD_CHUNKS = insert(chunks)
ADD_REGIONS = insert(regions)
ADD_BANDS = insert(bands)
FORGET_BANDS = delete(bands).where(bands.c.document_id == _ID, bands.c.version < _NUMBER)
NEXT_GENERATION = (
    update(knowledge_bases)
    .where(knowledge_bases.c.name == select(documents.c.knowledge_base).where(documents.c.id == _ID).scalar_subquery())
    .values(generation=knowledge_bases.c.generation + 1)
    .returning(knowledge_bases.c.generation)
)
ACTIVATE_VERSION = (
    update(versions).where(_THIS_VERSION).values(activated=True, generation=bindparam("reached", type_=Integer))
)
SET_PERIOD = (
    update(versions)
    .where(_THIS_VERSION)
    .values(first_day=bindparam("first", type_=Integer), last_day=bindparam("last", type_=Integer))
)
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
