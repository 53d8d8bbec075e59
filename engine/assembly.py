"""Build an engine from the settings; the only place that chooses adapters."""

from __future__ import annotations

from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder, is_static_model
from engine.guard.injection_screen import Quarantine
from engine.languages.detection import LinguaDetector, ScriptDetector
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import open_database
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import Embedder, Generator, LanguageDetector, Reranker, VectorStore
from engine.retrieval.hybrid import RetrievalOptions
from engine.service import Engine, EngineOptions, EngineParts
from engine.settings import Settings

__all__ = ["build_embedder", "build_engine"]

MINILM = "all-MiniLM-L6-v2"  # in a package: no hub is asked for it


def build_engine(settings: Settings, *, embedder: Embedder | None = None) -> Engine:
    """Return an engine over the data folder or the servers that `settings` name; close it when done.

    Raises Conflict if another process owns the data folder. An `embedder` that is given is used instead of loading
    one, so that several engines in one process can share a model.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = _store(settings)
    database = open_database(settings.database_url or f"sqlite:///{settings.data_dir / 'knowdesk.db'}")
    chosen = embedder or build_embedder(settings)
    parts = EngineParts(
        store=store,
        knowledge=SqlKnowledgeRepository(database),
        conversations=SqlConversationRepository(database),
        embedder=chosen,
        detector=_detector(settings),
        generator=_generator(settings),
        reranker=_reranker(settings, chosen),
    )
    return Engine(
        parts,
        EngineOptions(
            retrieval=RetrievalOptions(candidates=settings.candidates),
            answer_threshold=settings.answer_threshold,
            max_question_chars=settings.max_question_chars,
            quarantine=Quarantine(settings.quarantine),
        ),
    )


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


def _store(settings: Settings) -> VectorStore:
    """Import only the client that is used: each takes a second to load."""
    if settings.qdrant_url:
        from engine.stores.remote import RemoteStore, connect

        return RemoteStore(connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value()))
    from engine.stores.edge import EdgeStore

    return EdgeStore(settings.data_dir)


def _detector(settings: Settings) -> LanguageDetector:
    return LinguaDetector() if settings.language_detector == "lingua" else ScriptDetector()


def _reranker(settings: Settings, embedder: Embedder) -> Reranker | None:
    """Share the static model where it is the embedder as well."""
    if settings.reranker == "none":
        return None
    return LateInteraction(embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder())


def _generator(settings: Settings) -> Generator | None:
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
