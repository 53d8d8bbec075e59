"""Build an engine from the settings; the only place that chooses adapters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from engine.embedders import Embedders
from engine.errors import Misconfigured
from engine.guard.injection_screen import Quarantine
from engine.models import (
    AssistModels,
    assist_models,
    build_detector,
    build_embedder,
    build_generator,
    build_reranker,
    static_model,
)
from engine.persistence import late
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.calibrations import SqlCalibrationRepository
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.replies import SqlReplyRepository
from engine.ports import Closing, Embedder, VectorStore
from engine.records import connected
from engine.retrieval.hybrid import RetrievalOptions
from engine.service import Engine, EngineOptions, EngineParts
from engine.settings import SERVICE, Settings

if TYPE_CHECKING:
    from engine.assist.service import Assist
    from engine.checks import Checks
    from engine.domain.search import Passage, SearchFilter

__all__ = [
    "build_assist",
    "build_embedder",
    "build_engine",
    "build_generator",
    "build_store",
]


def build_engine(
    settings: Settings, *, embedder: Embedder | None = None, load_embedder: Callable[[str], Embedder] | None = None
) -> Engine:
    """Return an engine over the data folder or the servers that `settings` name; close it when done.

    Raises Conflict if another process owns the data folder. An `embedder` that is given is used instead of loading
    one, and `load_embedder` to load those of indexes that another model was used for, so that several engines in one
    process can share their models.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = build_store(settings)
    database = connected(settings)
    embedders = Embedders(settings, build_embedder, embedder, load_embedder)
    parts = EngineParts(
        store=store,
        knowledge=SqlKnowledgeRepository(database),
        conversations=SqlConversationRepository(database),
        intents=late.intents(database),
        feedback=SqlFeedbackRepository(database),
        canned=SqlCannedRepository(database),
        suggestions=late.suggestions(database),
        replies=SqlReplyRepository(database),
        embedder=embedders.own,
        detector=build_detector(settings),
        generator=build_generator(settings),
        reranker=build_reranker(settings, embedders.own),
        calibrations=SqlCalibrationRepository(database),
        customers=late.customers(database),
        audit=SqlAuditRepository(database),
        webhooks=late.webhooks(database),
        proposals=late.proposals(database),
        insights=late.insights(database),
        desk=late.desk(database),
        load_embedder=embedders.load,
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
            searches_at_a_time=_searches_at_a_time(settings),
        ),
    )
    engine.resources.callback(database.dispose)
    engine.resources.callback(embedders.close)
    if isinstance(parts.generator, Closing):
        engine.resources.callback(parts.generator.close)
    engine.make_checks = lambda engine: _checks(settings, engine, database)
    return engine


def _searches_at_a_time(settings: Settings) -> int | None:
    """Return how many searches compute at a time; those that wait for a server wait side by side."""
    waiting = settings.qdrant_url or settings.embedding_model.startswith(SERVICE)
    return None if waiting else os.cpu_count()


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


def build_assist(engine: Engine, settings: Settings, models: AssistModels | None = None) -> Assist:
    """Return what helps agents, over an engine that `build_engine` made; models are loaded at first use.

    With `models`, which several engines in one process can share, questions are read with one in a process of its own,
    so that reading them in the background neither slows nor stays with what serves.
    """
    from engine.assist.service import Assist, AssistParts
    from engine.assist.triage.encoding import MessageEncoder
    from engine.assist.triage.intents import IntentFinder

    known = models or assist_models(settings, engine.parts.embedder)
    encoder = MessageEncoder(known.bundled, known.second, engine.parts.detector)

    @contextmanager
    def reading() -> Iterator[MessageEncoder]:
        if models is None or models.apart is None:
            yield encoder
            return
        with models.apart() as second:
            yield MessageEncoder(known.bundled, second, engine.parts.detector)

    intents = IntentFinder(engine.parts.intents, encoder)
    return Assist(engine, AssistParts(known.moods, intents, known.bundled, reading, settings.proactive_rules))


def build_store(settings: Settings) -> VectorStore:
    """Return the store that the settings name; only its client is imported, each takes a second to load."""
    if settings.qdrant_url:
        from engine.patience import Patience
        from engine.stores.collections import Layout, RemoteOptions
        from engine.stores.remote import RemoteStore, connect

        layout = Layout(
            settings.qdrant_prefix, settings.qdrant_shards, settings.qdrant_replicas, settings.vector_quantization
        )
        key, timeout_s = settings.qdrant_api_key.get_secret_value(), settings.qdrant_timeout_s
        client = connect(settings.qdrant_url, key, timeout_s=timeout_s)
        return RemoteStore(client, RemoteOptions(layout, Patience(settings.qdrant_retries)))
    from engine.stores.edge import EdgeStore

    if settings.vector_quantization == "binary":
        raise Misconfigured(
            "Embedded indexes know no binary vectors.", remedy="Set vector_quantization to int8, or qdrant_url."
        )
    return EdgeStore(settings.data_dir, quantized=settings.vector_quantization == "int8")
