"""The engine's verbs; the only place that knows the order of the stages."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engine.administration import Administration, EngineParts
from engine.answering.abstain import abstention
from engine.answering.acting import Acting, said_turns
from engine.answering.compose import Piece
from engine.answering.confidence import confidence, model_for, signals
from engine.answering.extract import Extraction, ExtractOptions, extract
from engine.answering.followups import follow_ups
from engine.answering.request import AnswerRequest, says_something, validated
from engine.answering.rewriting import standalone_question
from engine.answering.writing import Writing
from engine.domain.answer import (
    AbstentionReason,
    Answer,
    AnswerEvent,
    AnswerText,
    Citation,
    CitationEvent,
    DoneEvent,
    Question,
    TokenEvent,
)
from engine.domain.conversation import Role, Turn
from engine.domain.search import Passage, SearchFilter, SearchResult
from engine.guard.injection import without_commands
from engine.guard.injection_screen import Quarantine, screened
from engine.languages.registry import UNKNOWN
from engine.observability import Stopwatch
from engine.retrieval.highlight import highlighted
from engine.retrieval.hybrid import HybridRetriever, RetrievalOptions
from engine.retrieval.visibility import Visibility

__all__ = ["Engine", "EngineOptions", "EngineParts"]

PASSAGES_FOR_ANSWER = 20  # confidence compares the best with what follows; the evidence is the first few
HISTORY_TURNS = 30


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How the engine behaves; see `engine.settings.Settings` for the meaning."""

    retrieval: RetrievalOptions = field(default_factory=RetrievalOptions)
    extraction: ExtractOptions = field(default_factory=ExtractOptions)
    answer_threshold: float = 0.5
    max_question_chars: int = 4000
    evidence_passages: int = 5
    quarantine: Quarantine = Quarantine.SENTENCE
    today: Callable[[], date] = date.today


class Engine(Administration):
    """Searches and answers over knowledge bases, and administers them."""

    def __init__(self, parts: EngineParts, options: EngineOptions | None = None) -> None:
        super().__init__(parts)
        self.options = options or EngineOptions()
        self._retriever = HybridRetriever(
            parts.store, parts.embedder, self.encoder, self.options.retrieval, reranker=parts.reranker
        )

    # search

    def search(
        self,
        knowledge_base: str,
        query: str,
        *,
        filter: SearchFilter | None = None,
        limit: int = 10,
        language: str = "",
        highlight: bool = True,
    ) -> SearchResult:
        """Return the passages for a query, best first, with highlights unless told otherwise."""
        text = validated(query, limit=self.options.max_question_chars, what="query")
        watch = Stopwatch()
        with watch.stage("language"):
            spoken = language or self.parts.detector.detect(text)
        found = self._passages(knowledge_base, text, spoken, filter or SearchFilter(), limit)
        with watch.stage("highlight"):
            passages = tuple(highlighted(each, text, spoken) if highlight else each for each in found.passages)
        return replace(found, passages=passages, timings_ms={**watch.timings_ms, **found.timings_ms})

    def _passages(
        self, knowledge_base: str, query: str, language: str, filter: SearchFilter, limit: int
    ) -> SearchResult:
        """Search among the versions that are in force on the day that the filter names, else today."""
        if not self.open_index(knowledge_base):
            return SearchResult(query, language, ())
        day = filter.as_of or self.options.today()
        return self._retriever.search(
            knowledge_base,
            query,
            language,
            filter=replace(filter, as_of=day),
            limit=limit,
            visibility=Visibility(self.parts.knowledge, knowledge_base, day),
        )

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
        meant = without_commands(text)
        with watch.stage("standalone"):
            standalone = standalone_question(meant or text, language, history, self.parts.generator)
        question = Question(text, standalone, language)
        found = self._passages(knowledge_base, question.standalone, language, request.filter, PASSAGES_FOR_ANSWER)
        with watch.stage("screen"):
            passages = screened(found.passages, self.options.quarantine)
        acting = Acting(text, standalone, language, history, passages, request.after_handoff)
        done = Answer(conversation_id, question, None, (), 0.0, handoff=acting.instead())
        if not meant:
            done = replace(done, abstained=abstention(AbstentionReason.UNSAFE, language))
        elif not done.handoff:
            done = yield from self._answered(done, acting, request.threshold, watch)
        done = replace(done, timings_ms={**found.timings_ms, **watch.timings_ms})
        self.parts.conversations.append(done.conversation_id, said_turns(done, history))
        yield DoneEvent(done)

    def _answered(
        self, done: Answer, acting: Acting, threshold: float | None, watch: Stopwatch
    ) -> Generator[AnswerEvent, None, Answer]:
        """Answer, ask back or abstain."""
        query, language, passages = acting.standalone, acting.language, acting.passages
        with watch.stage("extract"):
            extraction = acting.chosen() or extract(
                query, language, passages, self.options.extraction, reranker=self.parts.reranker
            )
            measured = signals(query, language, passages, extraction)
        done = replace(done, confidence=confidence(measured, model_for(language, passages)))
        needed = self.options.answer_threshold if threshold is None else threshold
        if asked := acting.clarify(extraction):
            return replace(done, clarify=asked)
        reason = self._reason_to_abstain(done, extraction, 0.0 if acting.decided else needed)
        done = replace(done, handoff=acting.beside(reason))
        if reason:
            return replace(done, abstained=abstention(reason, language))
        with watch.stage("write"):
            return (yield from self._write(done, passages, extraction, acting.history))

    def _language(self, text: str, history: tuple[Turn, ...]) -> str:
        """Detect the question's language; a message that tells nothing takes that of the customer's last words."""
        for said in (text, *(turn.text for turn in reversed(history) if turn.role is Role.CUSTOMER)):
            language = self.parts.detector.detect(said)
            if language != UNKNOWN:
                return language
        return UNKNOWN

    def _reason_to_abstain(self, answer: Answer, extraction: Extraction, needed: float) -> AbstentionReason | None:
        if not extraction.quotes or not says_something(answer.question.text):
            return AbstentionReason.NO_EVIDENCE
        if answer.confidence >= needed:
            return None
        return AbstentionReason.LOW_CONFIDENCE if extraction.coverage > 0 else AbstentionReason.NO_EVIDENCE

    def _write(
        self, answer: Answer, passages: Sequence[Passage], extraction: Extraction, history: Sequence[Turn]
    ) -> Generator[AnswerEvent, None, Answer]:
        evidence = passages[: self.options.evidence_passages]
        writing = Writing(answer.question.standalone, answer.question.language, evidence, extraction, history)
        text, citations = "", list[Citation]()
        for piece in writing.pieces(self.parts.generator):
            text += piece.text
            citations += piece.citations
            yield from _events(piece)
        return replace(
            answer,
            text=AnswerText(text, writing.spoken(citations), writing.mode, writing.notes),
            citations=tuple(citations),
            follow_ups=follow_ups(answer.question.text, extraction, passages, reader=answer.question.language),
        )


def _events(piece: Piece) -> Iterator[AnswerEvent]:
    yield TokenEvent(piece.text)
    for citation in piece.citations:
        yield CitationEvent(citation)
