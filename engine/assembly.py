"""Build an engine from the settings; the only place that chooses adapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from engine.deferred import deferred
from engine.embedding.cached import CachedEmbedder
from engine.embedding.static import StaticEmbedder
from engine.guard.injection_screen import Quarantine
from engine.models import (
    build_detector,
    build_embedder,
    build_generator,
    build_mood_reader,
    build_reranker,
    second_encoder,
    static_model,
)
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.calibrations import SqlCalibrationRepository
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.keyring import read_keyring
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.replies import SqlReplyRepository
from engine.ports import (
    AuditRepository,
    ConversationRepository,
    CustomerRepository,
    Embedder,
    FeedbackRepository,
    InsightRepository,
    IntentRepository,
    KnowledgeRepository,
    ProposalRepository,
    SuggestionRepository,
    VectorStore,
    WebhookRepository,
)
from engine.retrieval.hybrid import RetrievalOptions
from engine.service import Engine, EngineOptions, EngineParts
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.api_keys import ApiKeys
    from engine.assist.service import Assist
    from engine.checks import Checks
    from engine.domain.search import Passage, SearchFilter

__all__ = [
    "Records",
    "build_assist",
    "build_embedder",
    "build_engine",
    "build_generator",
    "build_store",
    "database_url",
    "open_api_keys",
    "open_records",
]


@dataclass(frozen=True, slots=True)
class Records:
    """What is kept of documents, conversations, feedback and customers, and the record of who did what."""

    knowledge: KnowledgeRepository
    conversations: ConversationRepository
    feedback: FeedbackRepository
    customers: CustomerRepository
    audit: AuditRepository


def build_engine(settings: Settings, *, embedder: Embedder | None = None) -> Engine:
    """Return an engine over the data folder or the servers that `settings` name; close it when done.

    Raises Conflict if another process owns the data folder. An `embedder` that is given is used instead of loading
    one, so that several engines in one process can share a model.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = build_store(settings)
    database = _database(settings)
    chosen = embedder or build_embedder(settings)
    if settings.embedding_cache and not isinstance(chosen, StaticEmbedder):  # which is quicker than any look-up
        chosen = CachedEmbedder(chosen, settings.embedding_cache)
    parts = EngineParts(
        store=store,
        knowledge=SqlKnowledgeRepository(database),
        conversations=SqlConversationRepository(database),
        intents=deferred(lambda: _intents(database)),
        feedback=SqlFeedbackRepository(database),
        canned=SqlCannedRepository(database),
        suggestions=deferred(lambda: _suggestions(database)),
        replies=SqlReplyRepository(database),
        embedder=chosen,
        detector=build_detector(settings),
        generator=build_generator(settings),
        reranker=build_reranker(settings, chosen),
        calibrations=SqlCalibrationRepository(database),
        customers=deferred(lambda: _customers(database)),
        audit=SqlAuditRepository(database),
        webhooks=deferred(lambda: _webhooks(database)),
        proposals=deferred(lambda: _proposals(database)),
        insights=deferred(lambda: _insights(database)),
    )
    if settings.masking in {"storage", "both"}:
        from engine.masked.parts import kept_masked

        parts = kept_masked(parts, settings.masking_kinds)
    engine = Engine(
        parts,
        EngineOptions(
            retrieval=RetrievalOptions(candidates=settings.candidates),
            accepted_error=settings.accepted_error,
            answer_threshold=settings.answer_threshold,
            max_question_chars=settings.max_question_chars,
            quarantine=Quarantine(settings.quarantine),
        ),
    )
    engine.make_checks = lambda engine: _checks(settings, engine, database)
    return engine


def _intents(database: Database) -> IntentRepository:
    from engine.persistence.intents import SqlIntentRepository

    return SqlIntentRepository(database)


def _suggestions(database: Database) -> SuggestionRepository:
    from engine.persistence.suggestions import SqlSuggestionRepository

    return SqlSuggestionRepository(database)


def _webhooks(database: Database) -> WebhookRepository:
    from engine.persistence.webhooks import SqlWebhookRepository

    return SqlWebhookRepository(database)


def _proposals(database: Database) -> ProposalRepository:
    from engine.persistence.proposals import SqlProposalRepository

    return SqlProposalRepository(database)


def _insights(database: Database) -> InsightRepository:
    from engine.persistence.insights import SqlInsightRepository

    return SqlInsightRepository(database)


def _customers(database: Database) -> CustomerRepository:
    from engine.persistence.customers import SqlCustomerRepository

    return SqlCustomerRepository(database)


def _checks(settings: Settings, engine: Engine, database: Database) -> Checks:
    """Know ordinary words from the bundled encoder's vocabulary, which is read when a disguise is suspected."""
    from engine.checks import POLICY_PASSAGES, Checks, ChecksParts
    from engine.guard.rules.packs import configured_packs
    from engine.persistence.words import SqlWordRepository
    from engine.word_lists import WordLists

    def policies(knowledge_base: str, query: str, filter: SearchFilter, language: str) -> Sequence[Passage]:
        return engine.search(
            knowledge_base, query, filter=filter, limit=POLICY_PASSAGES, language=language, highlight=False
        ).passages

    vocabulary = static_model(engine.parts.embedder)
    return Checks(
        ChecksParts(
            search=policies,
            words=WordLists(SqlWordRepository(database), is_word=vocabulary.knows),
            detector=engine.parts.detector,
            reranker=engine.parts.reranker,
            is_word=vocabulary.knows,
            packs=configured_packs(settings.check_packs or ("general",)),
        )
    )


def build_assist(engine: Engine, settings: Settings) -> Assist:
    """Return what helps agents, over an engine that `build_engine` made; models are loaded at first use."""
    from engine.assist.service import Assist, AssistParts
    from engine.assist.triage.encoding import MessageEncoder
    from engine.assist.triage.intents import IntentFinder

    bundled = StaticEmbedder() if settings.embedding_model else static_model(engine.parts.embedder)
    encoder = MessageEncoder(bundled, second_encoder(settings, engine.parts.embedder), engine.parts.detector)
    intents = IntentFinder(engine.parts.intents, encoder)
    return Assist(engine, AssistParts(build_mood_reader(settings, bundled), intents, bundled, encoder))


@contextmanager
def open_records(settings: Settings) -> Iterator[Records]:
    """Give what is kept while the block lasts, without index and models: also beside a server on the same folder."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = _database(settings)
    try:
        yield Records(
            SqlKnowledgeRepository(database),
            SqlConversationRepository(database),
            SqlFeedbackRepository(database),
            deferred(lambda: _customers(database)),
            SqlAuditRepository(database),
        )
    finally:
        database.dispose()


@contextmanager
def open_api_keys(settings: Settings) -> Iterator[ApiKeys]:
    """Give the keys of all tenants while the block lasts; they are kept beside the data of the default one."""
    from engine.api_keys import ApiKeys
    from engine.persistence.api_keys import SqlApiKeyRepository

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = _database(settings)
    try:
        yield ApiKeys(SqlApiKeyRepository(database))
    finally:
        database.dispose()


def database_url(settings: Settings) -> str:
    """Return the SQLAlchemy URL of the database, by default a file in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'knowdesk.db'}"


def _database(settings: Settings) -> Database:
    return open_database(database_url(settings), read_keyring(settings.encryption_keys.get_secret_value()))


def build_store(settings: Settings) -> VectorStore:
    """Return the store that the settings name; only its client is imported, each takes a second to load."""
    if settings.qdrant_url:
        from engine.stores.remote import RemoteStore, connect

        return RemoteStore(connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value()))
    from engine.stores.edge import EdgeStore

    return EdgeStore(settings.data_dir)
