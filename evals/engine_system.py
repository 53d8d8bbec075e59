"""The engine as the system under test."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import engine
import ingestion
from engine.answering.request import AnswerRequest
from engine.assembly import build_embedder, build_engine
from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.domain.search import SearchResult
from engine.ports import Embedder
from engine.retrieval.sparse import Bm25Encoder
from engine.service import Engine
from engine.settings import Settings, load_settings
from evals.subject import Entry, Indexed, Setting, Subject, System
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, Readable, open_source
from ingestion.target import IngestTarget

__all__ = ["EngineSubject", "EngineSystem", "Ingestion", "Pipeline", "engine_system"]

KNOWLEDGE_BASE = "evaluation"
SLICE = 256  # files
UNTITLED = "-"  # without a title, the file name would be searched: the id in the corpus, which may give the page away
SHAPING_CODE = ("embedding", "languages", "retrieval/sparse.py", "stores")


class Ingestion(Protocol):
    """The production path from files to the index."""

    def entries(self, to: Engine, knowledge_base: str, entries: Sequence[Entry]) -> Iterator[Indexed]:
        """Ingest texts as text/plain documents under their own `uri` and title."""
        ...

    def folder(self, to: Engine, knowledge_base: str, folder: Path) -> Iterator[Indexed]:
        """Ingest files under their paths relative to `folder`."""
        ...


class Pipeline:
    """The ingestion pipeline as it runs in production."""

    def entries(self, to: Engine, knowledge_base: str, entries: Sequence[Entry]) -> Iterator[Indexed]:
        """Ingest texts from memory."""
        files = [
            MemoryFile(each.uri, each.text.encode("utf-8", "replace"), each.title or UNTITLED, ".txt")
            for each in entries
        ]
        return _ingested(files, target_of(to, knowledge_base), source="evaluation")

    def folder(self, to: Engine, knowledge_base: str, folder: Path) -> Iterator[Indexed]:
        """Ingest the files of a folder."""
        source = open_source(folder)
        return _ingested(source.files, target_of(to, knowledge_base), source=source.name)


def _ingested(files: Sequence[Readable], target: IngestTarget, *, source: str) -> Iterator[Indexed]:
    """Ingest some files at a time, so that there is progress to see; yield one value a file, in order."""
    for start in range(0, len(files), SLICE):
        some = files[start : start + SLICE]
        report = [event for event in ingest(some, target=target, source=source) if isinstance(event, IngestReport)][-1]
        failed = {failure.uri: failure.error for failure in report.failures}
        yield from (Indexed(file.uri, failed.get(file.uri, "")) for file in some)


class EngineSubject:
    """An engine with one knowledge base."""

    def __init__(self, engine: Engine, path: Ingestion, *, knowledge_base: str = KNOWLEDGE_BASE) -> None:
        self._engine = engine
        self._path = path
        self._name = knowledge_base

    def add(self, entries: Sequence[Entry]) -> Iterator[Indexed]:
        """Ingest the entries."""
        return self._path.entries(self._engine, self._name, entries)

    def add_folder(self, folder: Path) -> Iterator[Indexed]:
        """Ingest the files."""
        return self._path.folder(self._engine, self._name, folder)

    def remove(self, uris: Collection[str]) -> None:
        """Delete the documents."""
        unwanted = set(uris)
        for document in self._engine.parts.knowledge.documents(self._name):
            if document.uri in unwanted:
                self._engine.delete_document(document.id)

    def search(self, query: str, *, limit: int) -> SearchResult:
        """Search with no filter."""
        return self._engine.search(self._name, query, limit=limit)

    def candidates(self, query: str, *, limit: int) -> SearchResult:
        """Search with no filter and no highlights."""
        return self._engine.search(self._name, query, limit=limit, highlight=False)

    def answer(self, question: str, *, history: Sequence[Turn] = (), threshold: float | None = None) -> Answer:
        """Answer in a new conversation."""
        request = AnswerRequest(question, history=tuple(history), threshold=threshold)
        return self._engine.answer(self._name, request)

    def answers(
        self, question: str, *, history: Sequence[Turn] = (), thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        """Answer in new conversations, with one search."""
        return self._engine.answers(self._name, AnswerRequest(question, history=tuple(history)), thresholds)

    def stored_text(self, document_id: str, version: int) -> str:
        """Return the text of a version."""
        return self._engine.parts.knowledge.stored_text(document_id, version).text

    def embed_query(self, query: str) -> object:
        """Embed with the engine's own model."""
        return self._engine.parts.embedder.embed_query(query)


class EngineSystem:
    """Engines under the given settings, but always embedded: an evaluation never writes to a server's data."""

    def __init__(self, settings: Settings, path: Ingestion, *, embedder: Embedder | None = None) -> None:
        self._settings = settings.model_copy(update={"database_url": "", "qdrant_url": ""})
        self._path = path
        self._embedder = embedder or build_embedder(settings)

    @property
    def settings(self) -> Mapping[str, Setting]:
        """Name the models and the settings that change results."""
        info, chosen = self._embedder.info, self._settings
        return {
            "embedding_model": info.model,
            "embedding_revision": info.revision,
            "terms": Bm25Encoder().signature,
            "candidates": chosen.candidates,
            "reranker": chosen.reranker,
            "language_detector": chosen.language_detector,
            "accepted_error": chosen.accepted_error,
            "answer_threshold": chosen.answer_threshold,
            "llm_model": chosen.llm_model if chosen.llm_base_url else None,
        }

    @property
    def index_signature(self) -> str:
        """Combine the embedder, the terms, and the code that shapes an index: chunking has no number of its own."""
        info = self._embedder.info
        model = (info.model, info.revision, info.dimension, info.normalized, sorted(info.languages))
        return f"{model} {Bm25Encoder().signature} {_code_hash()}"

    @contextmanager
    def open(self, folder: Path) -> Iterator[Subject]:
        """Open an engine on the folder, creating its knowledge base the first time."""
        opened = build_engine(self._settings.model_copy(update={"data_dir": folder}), embedder=self._embedder)
        try:
            if KNOWLEDGE_BASE not in {base.name for base in opened.parts.knowledge.knowledge_bases()}:
                opened.create_knowledge_base(KNOWLEDGE_BASE)
            yield EngineSubject(opened, self._path)
        finally:
            opened.close()


def engine_system() -> System:
    """Return the engine under the process's settings."""
    return EngineSystem(load_settings(), Pipeline())


def _code_hash() -> str:
    roots = [Path(str(ingestion.__file__)).parent, *(Path(str(engine.__file__)).parent / name for name in SHAPING_CODE)]
    files = (path for root in roots for path in ([root] if root.is_file() else sorted(root.rglob("*.py"))))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
