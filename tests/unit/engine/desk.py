"""A small help desk on the embedded adapters, with an embedder that needs no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.domain.knowledge import Chunk, Document, DocumentKind, Span, stable_id
from engine.domain.search import SearchFilter
from engine.languages.detection import ScriptDetector
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.replies import SqlReplyRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.ports import BuiltIndex, ChunkRecord, Embedder, Generator, IndexedChunk
from engine.service import Engine, EngineOptions, EngineParts
from engine.stores.edge import EdgeStore
from tests.fakes.embedding import HashEmbedder

__all__ = ["KB", "TODAY", "Desk", "open_desk", "page"]

KB = "help"
TODAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Desk:
    """An engine with the one knowledge base `KB`."""

    engine: Engine

    def add(self, *documents: tuple[Document, str]) -> None:
        """Index documents, each of them as one chunk, and make them the current versions."""
        self.engine.parts.knowledge.use_index(KB, BuiltIndex(self.engine.signature))
        self.engine.parts.store.create(KB, self.engine.parts.embedder.info.dimension)
        for document, text in documents:
            self.stage(document, text)
            self.engine.parts.knowledge.activate(document.id, document.version)

    def stage(self, document: Document, text: str) -> None:
        """Index a version of a document that is not (yet) the current one."""
        chunk = Chunk(
            stable_id(document.id, text), document.id, 0, Span(0, len(text)), text, language=document.language
        )
        self.engine.parts.knowledge.stage(document, text, [chunk])
        self.engine.parts.store.upsert(KB, [self._indexed(document, chunk)])

    def ask(
        self,
        question: str,
        *,
        conversation: str = "",
        history: Sequence[Turn] = (),
        language: str = "",
        as_of: date | None = None,
        threshold: float | None = 0.0,
    ) -> Answer:
        """Ask; unless told otherwise, unsure answers are given too."""
        return self.engine.answer(
            KB,
            AnswerRequest(
                question, tuple(history), conversation, language, SearchFilter(as_of=as_of), threshold=threshold
            ),
        )

    def with_model(self, generator: Generator | None) -> Desk:
        """Return the same desk with a language model that writes."""
        return Desk(Engine(replace(self.engine.parts, generator=generator), self.engine.options))

    def stored(self, document_id: str, version: int) -> str:
        """Return the stored text of a version."""
        return self.engine.parts.knowledge.stored_text(document_id, version).text

    def _indexed(self, document: Document, chunk: Chunk) -> IndexedChunk:
        searched = f"{document.title}\n{chunk.text}"
        encoder, embedder = self.engine.encoder, self.engine.parts.embedder
        terms = encoder.passage(searched, document.language)
        record = ChunkRecord(
            chunk_id=chunk.id,
            document_id=document.id,
            version=document.version,
            ordinal=0,
            title=document.title,
            uri=document.uri,
            kind=document.kind,
            language=document.language,
            span=chunk.span,
            text=chunk.text,
            effective_from=document.effective_from,
            effective_until=document.effective_until,
            context_id=stable_id(document.id, "context"),
        )
        return IndexedChunk(record, embedder.embed_passages([searched])[0], terms, terms)


def page(name: str, text: str, *, language: str = "en", title: str = "", version: int = 1) -> tuple[Document, str]:
    """Return a document and its text; its id is made from its name."""
    identity = stable_id(KB, name)
    document = Document(
        identity, KB, "tests", f"{name}.md", title or name, DocumentKind.PAGE, language, version, stable_id(text)
    )
    return replace(document, chunk_count=1, updated_at="2026-07-01T00:00:00Z"), text


@cache
def _empty_database() -> bytes:
    """Return the file of a database with its tables; to make them for each desk would take most of a test's time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "knowdesk.db"
        open_database(f"sqlite:///{path}").dispose()
        return path.read_bytes()


@contextmanager
def open_desk(folder: Path, *, embedder: Embedder | None = None, **options: object) -> Iterator[Desk]:
    """Open the desk in `folder`, with the knowledge base in place; `options` are those of EngineOptions."""
    path = folder / "knowdesk.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty_database())
    database = open_database(f"sqlite:///{path}")
    parts = EngineParts(
        store=EdgeStore(folder),
        knowledge=SqlKnowledgeRepository(database),
        conversations=SqlConversationRepository(database),
        intents=SqlIntentRepository(database),
        feedback=SqlFeedbackRepository(database),
        canned=SqlCannedRepository(database),
        suggestions=SqlSuggestionRepository(database),
        replies=SqlReplyRepository(database),
        embedder=embedder or HashEmbedder(languages=("en",)),
        detector=ScriptDetector(),
    )
    engine = Engine(parts, replace(EngineOptions(today=lambda: TODAY), **options))  # type: ignore[arg-type]
    if KB not in {each.name for each in engine.parts.knowledge.knowledge_bases()}:
        engine.create_knowledge_base(KB)
    try:
        yield Desk(engine)
    finally:
        engine.close()
        database.dispose()
