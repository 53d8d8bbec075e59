"""Move what a data folder holds to a database server and a Qdrant server: copy, catch up, compare."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import Engine as Database
from sqlalchemy import make_url

from engine.errors import Conflict, Misconfigured
from engine.indexing import name_in_use
from engine.persistence.copying import CopiedTable, copy_tables, row_counts
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import VectorStore
from engine.records import opened_database
from engine.settings import Settings
from engine.tenancy import tenant_names
from ingestion.migration.indexes import ComparedIndex, CopiedIndex, compare_index, copy_index

__all__ = ["MARK", "Migration", "finish", "migrate_to_servers"]

MARK: Final = "migration.json"
"""File in the data folder that says where it was moved to, and whether that is finished."""
AGREEMENT: Final = 0.95  # of hits, that sampled queries must have in common: both sides search approximately
_PASSING: Final = frozenset({"rate_windows", "uploads"})  # of use while it runs only


@dataclass(frozen=True, slots=True)
class Migration:
    """What was done, and how the two sides compare."""

    tables: list[CopiedTable]
    indexes: list[CopiedIndex]
    compared: list[ComparedIndex]
    differing_tables: list[str]
    finished: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether counts are equal and sampled queries agree."""
        return not self.differing_tables and all(
            each.source == each.target and each.agreement >= AGREEMENT for each in self.compared
        )


@dataclass(frozen=True, slots=True)
class _Target:
    """Where it is moved to."""

    database: Database
    store: VectorStore
    name: str


def migrate_to_servers(
    source: VectorStore, settings: Settings, target: Settings, *, store: VectorStore, sample: int = 200, mark: Path
) -> Migration:
    """Bring the servers of `target` to the state of the data folder of `settings`, whose index is `source`.

    What is there already is left, so that a second run takes up what changed meanwhile, or goes on where the first one
    was broken off. Conflict if the servers hold data that did not come from this folder, whose `mark` tells, or if
    the move was finished: the servers would lose what was written there since.
    """
    _check(settings, target)
    with opened_database(settings) as origin, opened_database(target) as database:
        to = _Target(database, store, _fingerprint(target))
        _claim(to, mark)
        tables = copy_tables(origin, database)
        knowledge = SqlKnowledgeRepository(origin)
        names = {each.name: name_in_use(knowledge, each.name) for each in knowledge.knowledge_bases()}
        there = {name: index for name, index in names.items() if source.exists(index)}
        indexes = [replace(copy_index(source, store, index), knowledge_base=name) for name, index in there.items()]
        compared = [
            replace(compare_index(source, store, index, sample=sample), knowledge_base=name)
            for name, index in there.items()
        ]
        here, copied = row_counts(origin), row_counts(database)
    differing = [name for name in here if here[name] != copied[name] and name not in _PASSING]
    return Migration(tables, indexes, compared, differing)


def finish(mark: Path) -> None:
    """Note that the servers have taken over, so that nothing is copied there from the folder any more."""
    mark.write_text(json.dumps({**json.loads(mark.read_text(encoding="ascii")), "finished": True}), encoding="ascii")


def _check(settings: Settings, target: Settings) -> None:
    if settings.database_url or settings.qdrant_url:
        raise Misconfigured(
            "The data is on servers already.", remedy="Leave KNOWDESK_DATABASE_URL and KNOWDESK_QDRANT_URL unset."
        )
    if not (target.database_url and target.qdrant_url):
        raise Misconfigured("It is not said where to move to.", remedy="Give --database-url and --to-url.")
    if others := tenant_names(settings)[1:]:
        raise Misconfigured(
            f"Servers are for one tenant, and there are others: {', '.join(others)}.",
            remedy="Move each tenant's folder on its own, to servers of its own.",
        )


def _claim(target: _Target, mark: Path) -> None:
    """See to it that the servers are empty or hold what came from this folder."""
    found = json.loads(mark.read_text(encoding="ascii")) if mark.exists() else {}
    if found.get("finished"):
        raise Conflict("The move is finished: the servers have taken over.", remedy=f"Remove {MARK} to begin anew.")
    if found.get("target") != target.name:
        if SqlKnowledgeRepository(target.database).knowledge_bases():
            raise Conflict("The database holds other data already.", remedy="Give an empty one.")
        mark.write_text(json.dumps({"target": target.name}), encoding="ascii")


def _fingerprint(target: Settings) -> str:
    """Return what tells one target from another, without passwords."""
    return f"{make_url(target.database_url).render_as_string()} {target.qdrant_url} {target.qdrant_prefix}"
