"""Statements that find documents of the same or nearly the same text.

To put them together takes longer than to carry them out, so that happens once; the values are parameters: `key` and
`name` of the document and its knowledge base, `limit` of what is wanted.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, select

from engine.persistence import statements as sql
from engine.persistence.any_text import AnyText
from engine.persistence.tables import bands, documents, versions

__all__ = ["near_text", "same_text"]

SHARED_BANDS = 2000  # rows that are looked at: pages of one template share bands by the thousand


@cache
def same_text() -> Select[Any]:
    """Return what finds the other documents whose newest text has the `hash`."""
    return _others().where(versions.c.text_hash == bindparam("hash")).order_by(documents.c.id)


@cache
def near_text() -> Select[Any]:
    """Return what finds the other documents whose newest text shares most of the `bands`, `sharing` of them at most."""
    shared = _sharing()
    return (
        _others().join(shared, shared.c.document_id == documents.c.id).order_by(shared.c.bands.desc(), documents.c.id)
    )


def _others() -> Select[Any]:
    here = sql.CURRENT_VERSIONS.where(_here(), documents.c.id != bindparam("key", type_=AnyText))
    return here.limit(bindparam("limit"))


def _sharing() -> Subquery:
    """Return the documents whose newest versions share bands, and how many."""
    wanted = bands.c.band.in_(bindparam("bands", expanding=True))
    rows = select(bands.c.document_id, bands.c.version).where(wanted).limit(SHARED_BANDS).subquery()
    current = (documents.c.id == rows.c.document_id) & (documents.c.current_version == rows.c.version)
    counted = select(rows.c.document_id, func.count().label("bands")).join(documents, current).where(_here())
    most = counted.group_by(rows.c.document_id).order_by(func.count().desc(), rows.c.document_id)
    return most.limit(bindparam("sharing")).subquery()


def _here() -> Any:
    return documents.c.knowledge_base == bindparam("name", type_=AnyText)
