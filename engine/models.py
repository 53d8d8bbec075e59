"""Adapters of models, as the settings name them; heavy libraries are imported by who needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder, is_static_model
from engine.errors import Misconfigured
from engine.languages.detection import LinguaDetector, ScriptDetector
from engine.ports import Embedder, Generator, LanguageDetector, MoodReader, Reranker
from engine.settings import SERVICE, Settings

__all__ = [
    "AssistModels",
    "assist_models",
    "build_detector",
    "build_embedder",
    "build_generator",
    "build_mood_reader",
    "build_reranker",
    "static_model",
    "transformer_name",
]

MINILM = "all-MiniLM-L6-v2"  # in a package: no hub is asked for it
SERVICE_REQUESTS = 4  # at a time


def build_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name; its model is loaded at first use.

    Static models need neither torch nor sentence-transformers, which take seconds to load.
    """
    model = settings.embedding_model
    if not model:
        return StaticEmbedder(languages=settings.embedding_languages)
    if model.startswith(SERVICE):
        return _served(settings, model.removeprefix(SERVICE))
    if is_static_model(model):
        return StaticEmbedder(model, languages=settings.embedding_languages)
    return _transformer(settings, transformer_name(model))


@dataclass(frozen=True, slots=True)
class AssistModels:
    """What helps agents works with: `second` embeds messages once more, where it knows their language.

    `apart` gives the same in a process of its own, for work in the background; None where search has loaded it anyway.
    """

    bundled: StaticEmbedder
    second: Embedder | None
    moods: MoodReader
    apart: Callable[[], AbstractContextManager[Embedder]] | None


def assist_models(settings: Settings, embedder: Embedder) -> AssistModels:
    """Return the models, which are loaded at first use; the second one is the model that search uses, else MiniLM."""
    bundled = StaticEmbedder() if settings.embedding_model else static_model(embedder)
    moods = build_mood_reader(settings, bundled)
    if settings.embedding_model and not isinstance(embedder, StaticEmbedder):
        return AssistModels(bundled, embedder, moods, None)
    if settings.intent_encoder == "bundled":
        return AssistModels(bundled, None, moods, None)
    second = _transformer(settings, "", optional=True)
    return AssistModels(bundled, second, moods, partial(_apart, settings, second))


def _apart(settings: Settings, second: Embedder) -> AbstractContextManager[Embedder]:
    from engine.embedding.apart import ApartEmbedder

    return ApartEmbedder(second, partial(_minilm, settings.model_dump()))


def _minilm(settings: Mapping[str, object]) -> Embedder:
    """Return MiniLM by settings as they are sent to another process: all of them, checked before."""
    return _transformer(Settings.model_construct(**settings), "", optional=True)  # type: ignore[arg-type]


def transformer_name(model: str) -> str:
    """Return a model's name as embedders take it: empty for MiniLM, which is in a package."""
    return "" if model.removeprefix("sentence-transformers/") == MINILM else model


def _transformer(settings: Settings, model: str, *, optional: bool = False) -> Embedder:
    """Return the model as it was prepared for ONNX Runtime, or on torch.

    fp32 gives the same vectors on both, so either may go on with an index of the other. Misconfigured if the settings
    leave only ONNX Runtime and nothing was prepared, unless that model is `optional`.
    """
    languages = settings.embedding_languages if model or not optional else ()
    only_prepared = settings.embedding_backend == "onnx" or settings.embedding_precision != "fp32"
    if only_prepared or (settings.embedding_backend == "auto" and settings.embedding_device == "cpu"):
        from engine.embedding.onnx import OnnxEmbedder, OnnxOptions
        from engine.embedding.prepared import Precision, find_prepared

        precision = Precision(settings.embedding_precision)
        asked = settings.embedding_revision if model else ""
        if prepared := find_prepared(settings.encoder_dir, model, precision, asked=asked):
            options = OnnxOptions(settings.embedding_threads, settings.embedding_provider)
            return OnnxEmbedder(prepared, options=options, languages=languages)
        if only_prepared and not optional:
            name = model or MINILM
            raise Misconfigured(
                f"The encoder {name} was not prepared in {precision}.",
                remedy=f"Run: knowdesk encoder prepare {name} --precision {precision}",
            )
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(
        model,
        revision=settings.embedding_revision if model else "",
        device=settings.embedding_device,
        batch_size=settings.embedding_batch_size,
        languages=languages,
    )


def _served(settings: Settings, model: str) -> Embedder:
    """Return a model of the embedding service, which is not called yet; Misconfigured without an address."""
    from engine.embedding.service import ServiceEmbedder
    from engine.embedding.service_known import ServiceOptions

    return ServiceEmbedder(
        ServiceOptions(
            url=settings.embedding_url,
            model=model,
            api_key=settings.embedding_api_key.get_secret_value(),
            revision=settings.embedding_revision,
            languages=settings.embedding_languages,
            batch_size=settings.embedding_batch_size,
            parallel=settings.embedding_threads or SERVICE_REQUESTS,
            timeout_s=settings.embedding_timeout_s,
            query_timeout_s=settings.embedding_query_timeout_s,
            retries=settings.embedding_retries,
            query_prefix=settings.embedding_query_prefix,
            passage_prefix=settings.embedding_passage_prefix,
        )
    )


def build_detector(settings: Settings) -> LanguageDetector:
    """Return what tells languages apart."""
    return LinguaDetector() if settings.language_detector == "lingua" else ScriptDetector()


def static_model(embedder: Embedder) -> StaticEmbedder:
    """Return the static model that is the embedder, so that it is loaded once; else the bundled one."""
    return embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()


def build_reranker(settings: Settings, embedder: Embedder) -> Reranker | None:
    """Return what judges the best passages once more, if anything."""
    if settings.reranker == "none":
        return None
    if settings.reranker != "late_interaction":
        from engine.reranking.cross_encoder import CrossEncoderReranker

        return CrossEncoderReranker(
            settings.reranker, device=settings.embedding_device, batch_size=settings.embedding_batch_size
        )
    return LateInteraction(static_model(embedder))


def build_generator(settings: Settings) -> Generator | None:
    """Return the language model that the settings name, if any; it is not called yet."""
    if not settings.llm_base_url:
        return None
    from engine.breaker import Breaker
    from engine.generation.openai_compatible import OpenAICompatibleGenerator

    model = OpenAICompatibleGenerator(
        settings.llm_base_url,
        settings.llm_api_key.get_secret_value(),
        settings.llm_model,
        timeout_s=settings.llm_timeout_s,
        retries=settings.llm_retries,
        breaker=Breaker(),
    )
    if settings.masking not in {"llm", "both"}:
        return model
    from engine.generation.masked import MaskedGenerator

    return MaskedGenerator(model, settings.masking_kinds)


def build_mood_reader(settings: Settings, bundled: Embedder) -> MoodReader:
    """Return what reads moods: the bundled rules over `bundled`, or the classifier that the settings name."""
    if not settings.sentiment_model:
        from engine.assist.sentiment.reader import CueMoodReader

        return CueMoodReader(bundled)
    from engine.assist.sentiment.transformer import TransformerMoodReader

    return TransformerMoodReader(settings.sentiment_model, device=settings.embedding_device)
