"""The engine's verbs; the only place that knows the order of the stages."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from engine.answering.abstain import abstention
from engine.answering.compose import Piece
from engine.answering.confidence import confidence, signals
from engine.answering.extract import Extraction, ExtractOptions, extract
from engine.answering.followups import follow_ups
from engine.answering.request import AnswerRequest, says_something, validated
from engine.answering.writing import Writing
from engine.domain.answer import (
    AbstentionReason,
    Answer,
    AnswerEvent,
    AnswerMode,
    AnswerText,
    Citation,
    CitationEvent,
    DoneEvent,
    Question,
    TokenEvent,
)
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import Document, KnowledgeBase
from engine.domain.search import Passage, SearchFilter, SearchResult
from engine.errors import Conflict
from engine.languages.registry import UNKNOWN
from engine.observability import Stopwatch
from engine.ports import (
    ConversationRepository,
    Embedder,
    IndexSignature,
    KnowledgeRepository,
    LanguageDetector,
    VectorStore,
)
from engine.ports import Generator as LanguageModel
from engine.retrieval.highlight import highlighted
from engine.retrieval.hybrid import HybridRetriever, RetrievalOptions
from engine.retrieval.sparse import Bm25Encoder
from engine.retrieval.standalone import standalone_query

__all__ = ["Engine", "EngineOptions", "EngineParts"]

PASSAGES_FOR_ANSWER = 20  # confidence compares the best with what follows; the evidence is the first few
HISTORY_TURNS = 10


@dataclass(frozen=True, slots=True)
class EngineParts:
    """The adapters that an engine works with."""

    store: VectorStore
    knowledge: KnowledgeRepository
    conversations: ConversationRepository
    embedder: Embedder
    detector: LanguageDetector
    generator: LanguageModel | None = None


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How the engine behaves; see `engine.settings.Settings` for the meaning."""

    retrieval: RetrievalOptions = field(default_factory=RetrievalOptions)
    extraction: ExtractOptions = field(default_factory=ExtractOptions)
    answer_threshold: float = 0.5
    max_question_chars: int = 4000
    evidence_passages: int = 5
    today: Callable[[], date] = date.today


class Engine:
    """Searches and answers over knowledge bases, and administers them."""

    def __init__(self, parts: EngineParts, options: EngineOptions | None = None) -> None:
        self.parts = parts
        self.options = options or EngineOptions()
        self.encoder = Bm25Encoder()
        self._retriever = HybridRetriever(parts.store, parts.embedder, self.encoder, self.options.retrieval)

    def close(self) -> None:
        """Flush and release the store; the engine cannot be used afterwards."""
        self.parts.store.close()

    # knowledge bases and documents

    def create_knowledge_base(self, name: str, description: str = "") -> KnowledgeBase:
        """Create an empty knowledge base; Conflict if the name is taken."""
        knowledge_base = KnowledgeBase(validated(name, limit=100, what="knowledge base name"), description)
        self.parts.knowledge.add_knowledge_base(knowledge_base)
        return knowledge_base

    def delete_knowledge_base(self, name: str) -> None:
        """Remove a knowledge base with its index and documents."""
        self.parts.knowledge.knowledge_base(name)
        self.parts.store.drop(name)
        self.parts.knowledge.delete_knowledge_base(name)

    def delete_document(self, document_id: str) -> Document:
        """Remove a document from store and index; return what it was."""
        document = self.parts.knowledge.document(document_id)
        self.parts.store.delete_document(document.knowledge_base, document_id)
        self.parts.knowledge.delete_document(document_id)
        return document

    @property
    def signature(self) -> IndexSignature:
        """What this engine indexes and searches with."""
        info = self.parts.embedder.info
        return IndexSignature(info.model, info.revision, info.dimension, info.normalized, self.encoder.signature)

    def open_index(self, knowledge_base: str) -> bool:
        """Check that the index can be searched with this engine's models; return False if nothing is indexed yet.

        Raises NotFound for an unknown knowledge base and Conflict, with the remedy, for an index of another model.
        """
        self.parts.knowledge.knowledge_base(knowledge_base)
        built = self.parts.knowledge.signature(knowledge_base)
        if built is None:
            return False
        if built != self.signature:
            raise Conflict(
                f"Knowledge base {knowledge_base!r} is indexed with {_named(built)}, the settings say "
                f"{_named(self.signature)}.",
                remedy="Set KNOWDESK_EMBEDDING_MODEL back, or index it anew with `knowdesk ingest --rebuild`.",
            )
        return True

    # search

    def search(
        self,
        knowledge_base: str,
        query: str,
        *,
        filter: SearchFilter | None = None,
        limit: int = 10,
        language: str = "",
    ) -> SearchResult:
        """Return the passages for a query, best first, with highlights."""
        text = validated(query, limit=self.options.max_question_chars, what="query")
        watch = Stopwatch()
        with watch.stage("language"):
            spoken = language or self.parts.detector.detect(text)
        found = self._passages(knowledge_base, text, spoken, filter or SearchFilter(), limit)
        with watch.stage("highlight"):
            passages = tuple(highlighted(passage, text, spoken) for passage in found.passages)
        return replace(found, passages=passages, timings_ms={**watch.timings_ms, **found.timings_ms})

    def _passages(
        self, knowledge_base: str, query: str, language: str, filter: SearchFilter, limit: int
    ) -> SearchResult:
        """Search, leaving out chunks of versions that are not, or no longer, the current ones."""
        if not self.open_index(knowledge_base):
            return SearchResult(query, language, ())
        found = self._retriever.search(knowledge_base, query, language, filter=filter, limit=limit)
        current = self.parts.knowledge.current_versions(sorted({p.document_id for p in found.passages}))
        kept = tuple(p for p in found.passages if current.get(p.document_id) == p.version)
        return replace(found, passages=kept)

    # answers

    def answer(self, knowledge_base: str, request: AnswerRequest) -> Answer:
        """Answer a question, or abstain."""
        for event in self.stream(knowledge_base, request):
            if isinstance(event, DoneEvent):
                return event.answer
        raise AssertionError("a stream ends with DoneEvent")

    def stream(self, knowledge_base: str, request: AnswerRequest) -> Iterator[AnswerEvent]:
        """Yield the answer as it is verified, then `DoneEvent` with the whole; errors are raised before the first."""
        watch = Stopwatch()
        conversation_id = request.conversation_id or str(uuid.uuid4())
        text = validated(request.question, limit=self.options.max_question_chars)
        history = request.history or self.parts.conversations.history(conversation_id, last=HISTORY_TURNS)
        with watch.stage("language"):
            language = request.language or self._language(text, history)
        question = Question(text, standalone_query(text, language, history), language)
        valid = replace(request.filter, as_of=request.filter.as_of or self.options.today())
        found = self._passages(knowledge_base, question.standalone, language, valid, PASSAGES_FOR_ANSWER)
        with watch.stage("extract"):
            extraction = extract(question.standalone, language, found.passages, self.options.extraction)
            measured = signals(question.standalone, language, found.passages, sentence_coverage=extraction.coverage)
        done = Answer(conversation_id, question, None, (), confidence(measured))
        reason = self._reason_to_abstain(done, extraction, request.threshold)
        if reason:
            done = replace(done, abstained=abstention(reason, language))
        else:
            with watch.stage("write"):
                done = yield from self._write(done, found.passages, extraction, history)
        done = replace(done, timings_ms={**found.timings_ms, **watch.timings_ms})
        self._remember(done)
        yield DoneEvent(done)

    def _language(self, text: str, history: tuple[Turn, ...]) -> str:
        """Detect the question's language; a message that tells nothing takes that of the customer's last words."""
        for said in (text, *(turn.text for turn in reversed(history) if turn.role is Role.CUSTOMER)):
            language = self.parts.detector.detect(said)
            if language != UNKNOWN:
                return language
        return UNKNOWN

    def _reason_to_abstain(
        self, answer: Answer, extraction: Extraction, threshold: float | None
    ) -> AbstentionReason | None:
        if not extraction.quotes or not says_something(answer.question.text):
            return AbstentionReason.NO_EVIDENCE
        needed = self.options.answer_threshold if threshold is None else threshold
        if answer.confidence >= needed:
            return None
        return AbstentionReason.LOW_CONFIDENCE if extraction.coverage > 0 else AbstentionReason.NO_EVIDENCE

    def _write(
        self, answer: Answer, passages: tuple[Passage, ...], extraction: Extraction, history: tuple[Turn, ...]
    ) -> Generator[AnswerEvent, None, Answer]:
        evidence = passages[: self.options.evidence_passages]
        writing = Writing(answer.question.standalone, answer.question.language, evidence, extraction, history)
        text, citations = "", list[Citation]()
        for piece in writing.pieces(self.parts.generator):
            text += piece.text
            citations += piece.citations
            yield from _events(piece)
        spoken = answer.question.language if writing.mode is AnswerMode.GENERATED else citations[0].language
        return replace(
            answer,
            text=AnswerText(text, spoken, writing.mode, writing.notes),
            citations=tuple(citations),
            follow_ups=follow_ups(answer.question.text, extraction, passages),
        )

    def _remember(self, answer: Answer) -> None:
        said = answer.text.text if answer.text else answer.abstained.message if answer.abstained else ""
        turns = (Turn(Role.CUSTOMER, answer.question.text), Turn(Role.ASSISTANT, said))
        self.parts.conversations.append(answer.conversation_id, turns)


def _events(piece: Piece) -> Iterator[AnswerEvent]:
    yield TokenEvent(piece.text)
    for citation in piece.citations:
        yield CitationEvent(citation)


def _named(signature: IndexSignature) -> str:
    revision = f" at revision {signature.revision[:12]}" if signature.revision else ""
    return f"{signature.model}{revision} ({signature.dimension} dimensions, terms {signature.terms})"
