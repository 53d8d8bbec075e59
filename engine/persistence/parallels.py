"""What documents have to do with each other: the same page in several languages, other days; in an SQL database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, select

from engine.domain.knowledge import Sibling
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.tables import documents, page_keys, versions
from engine.persistence.transactions import reading, writing

__all__ = ["SqlParallels"]

_OWN, _OTHER = page_keys.alias("own"), page_keys.alias("other")
_SHARED = (_OWN.c.knowledge_base == _OTHER.c.knowledge_base) & (_OWN.c.key == _OTHER.c.key)
_SIBLINGS = (
    select(_OWN.c.document_id, _OTHER.c.document_id.label("sibling"), versions.c.language)
    .join(_OTHER, _SHARED & (_OWN.c.document_id != _OTHER.c.document_id))
    .join(versions, versions.c.document_id == _OTHER.c.document_id)
    .where(versions.c.first_day <= bindparam("day"), versions.c.last_day >= bindparam("day"))
    .where(_OWN.c.document_id.in_(bindparam("keys", expanding=True)))
    .order_by(_OTHER.c.document_id)
    .distinct()
)
_LANGUAGES = (
    select(versions.c.language, func.count())
    .join(documents, (documents.c.id == versions.c.document_id) & (documents.c.current_version == versions.c.version))
    .group_by(versions.c.language)
)


class SqlParallels(SqlRepository):
    """The part of the repository that knows languages, parallel pages, and documents of other days."""

    def out_of_force(self, knowledge_base: str, day: date, *, limit: int = 200) -> tuple[str, ...]:
        """Return the documents with a version that is in force on other days than this one, at most `limit`."""
        number = day.toordinal()
        elsewhere = (versions.c.first_day > number) | (versions.c.last_day < number)
        query = (
            select(documents.c.id)
            .join(versions, versions.c.document_id == documents.c.id)
            .where(documents.c.knowledge_base == knowledge_base)
            .where(versions.c.first_day <= versions.c.last_day, elsewhere)
            .order_by(documents.c.id)
            .distinct()
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def languages(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many documents each language (BCP 47) has, as of their newest versions."""
        with reading(self._engine) as connection:
            rows = connection.execute(_LANGUAGES.where(documents.c.knowledge_base == knowledge_base)).all()
        return {row[0]: row[1] for row in rows}

    def relate(self, keys: Mapping[str, Sequence[str]], *, also: bool = False) -> None:
        """Remember the page keys of documents, in place of those that were known or `also`.

        Raises Conflict for a document that is not there.
        """
        with writing(self._engine) as connection:
            for some in in_portions(tuple(keys)):
                those = page_keys.c.document_id.in_(some)
                known = set(connection.execute(select(page_keys.c.document_id, page_keys.c.key).where(those)))
                if not also:
                    connection.execute(delete(page_keys).where(those))
                    known = set()
                found = select(documents.c.id, documents.c.knowledge_base).where(documents.c.id.in_(some))
                homes = dict(connection.execute(found).all())
                rows = [
                    {"document_id": document_id, "key": key, "knowledge_base": homes.get(document_id)}
                    for document_id in some
                    for key in dict.fromkeys(keys[document_id])
                    if (document_id, key) not in known
                ]
                if rows:
                    connection.execute(insert(page_keys), rows)

    def siblings(self, document_ids: Sequence[str], day: date) -> Mapping[str, tuple[Sibling, ...]]:
        """Return, for each of the documents that has some, the others in force on a day that are the same page."""
        found: dict[str, tuple[Sibling, ...]] = {}
        with reading(self._engine) as connection:
            for some in in_portions(document_ids):
                for row in connection.execute(_SIBLINGS, {"keys": some, "day": day.toordinal()}):
                    known = found.get(row.document_id, ())
                    found[row.document_id] = (*known, Sibling(row.sibling, row.language))
        return found
