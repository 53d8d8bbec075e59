"""Administration of knowledge bases, documents and indexes."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answering.request import SHORTEN, validated
from engine.domain.feedback import GivenFeedback, Review
from engine.domain.knowledge import Document, KnowledgeBase
from engine.errors import Conflict, Misconfigured
from engine.feedback import give_feedback
from engine.indexing import check_signature, index_signature
from engine.ports import (
    AuditRepository,
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
        self.parts.store.drop(name)
        self.parts.knowledge.delete_knowledge_base(name)
        self.parts.knowledge.purge()

    def delete_document(self, document_id: str) -> Document:
        """Remove a document with all its versions from store and index, from their files too; return what it was."""
        document = self.parts.knowledge.document(document_id)
        if self.parts.store.exists(document.knowledge_base):
            self.parts.store.delete_document(document.knowledge_base, document_id)
        self.parts.knowledge.delete_document(document_id)
        self.purge(document.knowledge_base)
        return document

    def purge(self, knowledge_base: str) -> None:
        """See to it that nothing deleted is left in the files: of the database now, of the index in a while."""
        self.parts.knowledge.purge()
        self.parts.store.purge(knowledge_base)

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

    def open_index(self, knowledge_base: str) -> bool:
        """Check that the index can be searched with this engine's models; return False if nothing is indexed yet.

        Raises NotFound for an unknown knowledge base and Conflict, with the remedy, for an index of another model.
        """
        built = self.parts.knowledge.signature(knowledge_base)
        if built is None:
            self.parts.knowledge.knowledge_base(knowledge_base)
            return False
        check_signature(knowledge_base, built=built, wanted=self.signature)
        return True
