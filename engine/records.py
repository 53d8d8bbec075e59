"""What is kept in the database, without index and models: also beside a server on the same folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from engine.persistence import late
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.keyring import read_keyring
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import (
    AuditRepository,
    ConversationRepository,
    CustomerRepository,
    FeedbackRepository,
    KnowledgeRepository,
)
from engine.privacy import Privacy
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.api_keys import ApiKeys
    from engine.persistence.rate_windows import SqlRateWindows
    from engine.persistence.uploads import SqlUploads
    from engine.ports.desk import DeskRepositories

__all__ = [
    "Records",
    "connected",
    "database_url",
    "open_api_keys",
    "open_rate_windows",
    "open_records",
    "open_uploads",
    "opened_database",
]


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of documents, conversations, feedback and customers, and the record of who did what."""

    knowledge: KnowledgeRepository
    conversations: ConversationRepository
    feedback: FeedbackRepository
    customers: CustomerRepository
    audit: AuditRepository
    desk: DeskRepositories

    @property
    def privacy(self) -> Privacy:
        """What is kept of customers."""
        return Privacy(self.customers, self.knowledge, self.desk)


@contextmanager
def open_records(settings: Settings) -> Iterator[Records]:
    """Give what is kept while the block lasts, without index and models: also beside a server on the same folder."""
    with opened_database(settings) as database:
        yield Records(
            SqlKnowledgeRepository(database),
            SqlConversationRepository(database),
            SqlFeedbackRepository(database),
            late.customers(database),
            SqlAuditRepository(database),
            late.desk(database),
        )


@contextmanager
def open_api_keys(settings: Settings) -> Iterator[ApiKeys]:
    """Give the keys of all tenants while the block lasts; they are kept beside the data of the default one."""
    from engine.api_keys import ApiKeys
    from engine.persistence.api_keys import SqlApiKeyRepository

    with opened_database(settings) as database:
        yield ApiKeys(SqlApiKeyRepository(database))


@contextmanager
def open_uploads(settings: Settings) -> Iterator[SqlUploads]:
    """Give the uploads that wait in the database while the block lasts."""
    from engine.persistence.uploads import SqlUploads

    with opened_database(settings) as database:
        yield SqlUploads(database)


@contextmanager
def open_rate_windows(settings: Settings) -> Iterator[SqlRateWindows]:
    """Give the counts of calls in the database while the block lasts."""
    from engine.persistence.rate_windows import SqlRateWindows

    with opened_database(settings) as database:
        yield SqlRateWindows(database)


def database_url(settings: Settings) -> str:
    """Return the SQLAlchemy URL of the database, by default a file in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'knowdesk.db'}"


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Give the database, with the newest schema, while the block lasts."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = connected(settings)
    try:
        yield database
    finally:
        database.dispose()


def connected(settings: Settings) -> Database:
    """Return the database, with the newest schema and the keys of the settings; dispose of it when done."""
    keyring = read_keyring(settings.encryption_keys.get_secret_value())
    return open_database(database_url(settings), keyring, connections=settings.database_connections)
