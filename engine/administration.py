"""Administration of knowledge bases, documents and indexes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.answering.request import SHORTEN, validated
from engine.domain.feedback import GivenFeedback, Review
from engine.domain.knowledge import Document, KnowledgeBase
from engine.errors import BackendFailed, Conflict, Misconfigured
from engine.feedback import give_feedback
from engine.indexing import check_signature, index_signature
from engine.ports import (
    AuditRepository,
    BuiltIndex,
    CalibrationRepository,
    CannedRepository,
    ConversationRepository,
    CustomerRepository,
    Embedder,
    FeedbackRepository,
    Generator,
    IndexSignature,
    InsightRepository,
    IntentRepository,
    KnowledgeRepository,
    LanguageDetector,
    ProposalRepository,
    ReplyRepository,
    Reranker,
    SuggestionRepository,
    VectorStore,
    WebhookRepository,
)
from engine.privacy import Privacy
from engine.retrieval.sparse import Bm25Encoder
from engine.serving import served

if TYPE_CHECKING:
    from engine.ports.desk import DeskRepositories

__all__ = ["Administration", "EngineParts"]


@dataclass(frozen=True, slots=True)
class EngineParts:
    """The adapters that an engine works with."""

    store: VectorStore
    knowledge: KnowledgeRepository
    conversations: ConversationRepository
    intents: IntentRepository
    feedback: FeedbackRepository
    canned: CannedRepository
    suggestions: SuggestionRepository
    replies: ReplyRepository
    embedder: Embedder
    detector: LanguageDetector
    generator: Generator | None = None
    reranker: Reranker | None = None
    calibrations: CalibrationRepository | None = None
    customers: CustomerRepository | None = None
    audit: AuditRepository | None = None
    webhooks: WebhookRepository | None = None
    proposals: ProposalRepository | None = None
    insights: InsightRepository | None = None
    desk: DeskRepositories | None = None
    load_embedder: Callable[[str], Embedder] | None = None
    """Loads another embedder than `embedder`, named as in the settings, for an index that was built with it."""


class Administration:
    """Creates and deletes; the base of `engine.service.Engine`, which searches and answers."""

    def __init__(self, parts: EngineParts) -> None:
        self.parts = parts
        self.encoder = Bm25Encoder()
        self.resources = ExitStack()

    def close(self) -> None:
        """Flush the store, and release it and `resources`; the engine cannot be used afterwards."""
        self.parts.store.close()
        self.resources.close()

    def create_knowledge_base(self, name: str, description: str = "") -> KnowledgeBase:
        """Create an empty knowledge base; Conflict if the name is taken, unless this request may have taken it."""
        made = KnowledgeBase(validated(name, limit=100, what="knowledge base name", remedy=SHORTEN), description)
        try:
            self.parts.knowledge.add_knowledge_base(made)
        except Conflict:
            if not served().key or self.parts.knowledge.knowledge_base(name) != made:
                raise
        return made

    def delete_knowledge_base(self, name: str) -> None:
        """Remove a knowledge base with its index and documents, from the files too."""
        self.parts.knowledge.knowledge_base(name)
        for index in (name, *self._index_names(name)):
            self.parts.store.drop(index)
        self.parts.knowledge.delete_knowledge_base(name)
        self.parts.knowledge.purge()

    def delete_document(self, document_id: str) -> Document:
        """Remove a document with all its versions from store and index, from their files too; return what it was."""
        document = self.parts.knowledge.document(document_id)
        for index in self._index_names(document.knowledge_base):
            if self.parts.store.exists(index):
                self.parts.store.delete_document(index, document_id)
        self.parts.knowledge.delete_document(document_id)
        self.purge(document.knowledge_base)
        return document

    def purge(self, knowledge_base: str) -> None:
        """See to it that nothing deleted is left in the files: of the database now, of the indexes in a while."""
        self.parts.knowledge.purge()
        for index in self._index_names(knowledge_base):
            self.parts.store.purge(index)

    def give_feedback(self, given: GivenFeedback) -> Review:
        """Keep feedback on an answer and return it with what it is about, see `engine.feedback.give_feedback`."""
        return give_feedback(given, conversations=self.parts.conversations, feedback=self.parts.feedback)

    @property
    def privacy(self) -> Privacy:
        """What is kept of customers."""
        return Privacy(self.parts.customers, self.parts.knowledge, self.parts.desk)

    @property
    def desk(self) -> DeskRepositories:
        """What is kept of the desk's work; Misconfigured where nothing is, as for who sees only some documents."""
        if self.parts.desk is None:
            raise Misconfigured(
                "This engine keeps nothing of the desk's work.", remedy="Build it with engine.assembly.build_engine."
            )
        return self.parts.desk

    @property
    def signature(self) -> IndexSignature:
        """What this engine indexes and searches with."""
        return index_signature(self.parts.embedder.info, self.encoder.signature)

    @property
    def known_signature(self) -> IndexSignature | None:
        """The signature, or None while the service of the model cannot say what it serves."""
        try:
            return self.signature
        except BackendFailed:
            return None

    def open_index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index to search, checked to be built with what there is; None if nothing is indexed yet.

        Raises NotFound for an unknown knowledge base and Conflict, with the remedy, for an index of another model.
        While the model's service cannot be asked, the terms alone are compared: no query is embedded then.
        """
        built = self.parts.knowledge.index(knowledge_base)
        if built is None:
            self.parts.knowledge.knowledge_base(knowledge_base)
            return None
        check_signature(knowledge_base, built=built.signature, wanted=self._signature_of(built))
        return built

    def embedder_of(self, built: BuiltIndex) -> Embedder:
        """Return what an index is searched and filled with: the settings' model, unless it names another."""
        if not built.source or self.parts.load_embedder is None or built.signature == self.known_signature:
            return self.parts.embedder
        return self.parts.load_embedder(built.source)

    def _signature_of(self, built: BuiltIndex) -> IndexSignature:
        try:
            return index_signature(self.embedder_of(built).info, self.encoder.signature)
        except BackendFailed:
            return replace(built.signature, terms=self.encoder.signature)

    def _index_names(self, knowledge_base: str) -> list[str]:
        return [built.name(knowledge_base) for built in self.parts.knowledge.indexes(knowledge_base)]
