"""Build an engine from the settings; the only place that chooses adapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from engine.embedding.cached import CachedEmbedder
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder, is_static_model
from engine.guard.injection_screen import Quarantine
from engine.languages.detection import LinguaDetector, ScriptDetector
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.calibrations import SqlCalibrationRepository
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.database import open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.replies import SqlReplyRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.persistence.webhooks import SqlWebhookRepository
from engine.ports import (
    AuditRepository,
    ConversationRepository,
    CustomerRepository,
    Embedder,
    FeedbackRepository,
    Generator,
    KnowledgeRepository,
    LanguageDetector,
    MoodReader,
    Reranker,
    VectorStore,
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

MINILM = "all-MiniLM-L6-v2"  # in a package: no hub is asked for it


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
        intents=SqlIntentRepository(database),
        feedback=SqlFeedbackRepository(database),
        canned=SqlCannedRepository(database),
        suggestions=SqlSuggestionRepository(database),
        replies=SqlReplyRepository(database),
        embedder=chosen,
        detector=_detector(settings),
        generator=build_generator(settings),
        reranker=_reranker(settings, chosen),
        calibrations=SqlCalibrationRepository(database),
        customers=SqlCustomerRepository(database),
        audit=SqlAuditRepository(database),
        webhooks=SqlWebhookRepository(database),
    )
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

    vocabulary = _static(engine.parts.embedder)
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

    bundled = StaticEmbedder() if settings.embedding_model else _static(engine.parts.embedder)
    encoder = MessageEncoder(bundled, _second_encoder(settings, engine.parts.embedder), engine.parts.detector)
    parts = AssistParts(_mood_reader(settings, bundled), IntentFinder(engine.parts.intents, encoder), bundled)
    return Assist(engine, parts)


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
            SqlCustomerRepository(database),
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


def build_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name; its model is loaded at first use.

    Static models need neither torch nor sentence-transformers, which take seconds to load.
    """
    model = settings.embedding_model
    if not model:
        return StaticEmbedder(languages=settings.embedding_languages)
    if is_static_model(model):
        return StaticEmbedder(model, languages=settings.embedding_languages)
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(
        "" if model.removeprefix("sentence-transformers/") == MINILM else model,
        revision=settings.embedding_revision,
        device=settings.embedding_device,
        batch_size=settings.embedding_batch_size,
        languages=settings.embedding_languages,
    )


def _mood_reader(settings: Settings, bundled: Embedder) -> MoodReader:
    if not settings.sentiment_model:
        from engine.assist.sentiment.reader import CueMoodReader

        return CueMoodReader(bundled)
    from engine.assist.sentiment.transformer import TransformerMoodReader

    return TransformerMoodReader(settings.sentiment_model, device=settings.embedding_device)


def _second_encoder(settings: Settings, embedder: Embedder) -> Embedder | None:
    """Return the model that search uses, if it is none of ours; else MiniLM, which knows English."""
    if settings.embedding_model and not isinstance(embedder, StaticEmbedder):
        return embedder
    if settings.intent_encoder == "bundled":
        return None
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(device=settings.embedding_device, batch_size=settings.embedding_batch_size)


def database_url(settings: Settings) -> str:
    """Return the SQLAlchemy URL of the database, by default a file in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'knowdesk.db'}"


def _database(settings: Settings) -> Database:
    return open_database(database_url(settings))


def build_store(settings: Settings) -> VectorStore:
    """Return the store that the settings name; only its client is imported, each takes a second to load."""
    if settings.qdrant_url:
        from engine.stores.remote import RemoteStore, connect

        return RemoteStore(connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value()))
    from engine.stores.edge import EdgeStore

    return EdgeStore(settings.data_dir)


def _detector(settings: Settings) -> LanguageDetector:
    return LinguaDetector() if settings.language_detector == "lingua" else ScriptDetector()


def _static(embedder: Embedder) -> StaticEmbedder:
    """Return the static model that is the embedder, so that it is loaded once; else the bundled one."""
    return embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()


def _reranker(settings: Settings, embedder: Embedder) -> Reranker | None:
    if settings.reranker == "none":
        return None
    if settings.reranker != "late_interaction":
        from engine.reranking.cross_encoder import CrossEncoderReranker

        return CrossEncoderReranker(
            settings.reranker, device=settings.embedding_device, batch_size=settings.embedding_batch_size
        )
    return LateInteraction(_static(embedder))


def build_generator(settings: Settings) -> Generator | None:
    """Return the language model that the settings name, if any; it is not called yet."""
    if not settings.llm_base_url:
        return None
    from engine.generation.breaker import Breaker
    from engine.generation.openai_compatible import OpenAICompatibleGenerator

    return OpenAICompatibleGenerator(
        settings.llm_base_url,
        settings.llm_api_key.get_secret_value(),
        settings.llm_model,
        timeout_s=settings.llm_timeout_s,
        retries=settings.llm_retries,
        breaker=Breaker(),
    )
