"""The engine's verbs; the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from engine.administration import EngineParts
from engine.answering.abstain import abstention
from engine.answering.acting import Acting, said_turns
from engine.answering.calibration import Standard
from engine.answering.canned import canned_answer
from engine.answering.channels import fitted, room_on
from engine.answering.compose import Piece
from engine.answering.confidence import BASIS, estimate, judged
from engine.answering.conflicts import Settled, can_conflict, settled
from engine.answering.exchanges import exchange_of
from engine.answering.extract import Extraction, extract
from engine.answering.followups import follow_ups
from engine.answering.presenting import lead_in, presentation
from engine.answering.request import AnswerRequest, says_something, validated
from engine.answering.rewriting import standalone_question
from engine.answering.translating import foreign_language, merged, translated_query
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
from engine.domain.channel import Channel
from engine.domain.conversation import Role, Turn
from engine.domain.search import Passage, SearchResult
from engine.guard.injection import without_commands
from engine.guard.injection_screen import screened
from engine.guard.placeholders import without_placeholders
from engine.languages.registry import UNKNOWN
from engine.observability import Stopwatch
from engine.retrieval.highlight import highlighted
from engine.searching import EngineOptions, Searching
from engine.serving import new_id, served

if TYPE_CHECKING:
    from engine.checks import Checks
    from engine.domain.explanation import Explanation

__all__ = ["Engine", "EngineOptions", "EngineParts"]

PASSAGES_FOR_ANSWER = 20  # confidence compares the best with what follows; the evidence is the first few
HISTORY_TURNS = 30


class Engine(Searching):
    """Searches and answers over knowledge bases, and administers them; `make_checks` is set where it is assembled."""

    make_checks: Callable[[Engine], Checks]

    @cached_property
    def checks(self) -> Checks:
        """What looks replies over before they are sent, made when it is first asked for."""
        return self.make_checks(self)

    def answer(self, knowledge_base: str, request: AnswerRequest) -> Answer:
        """Answer a question, or abstain."""
        return _whole(self.stream(knowledge_base, request))

    def answers(
        self, knowledge_base: str, request: AnswerRequest, thresholds: Sequence[float | None]
    ) -> Iterator[Answer]:
        """Yield the answer under each threshold in place of the request's: the question is searched for only once.

        The first is recorded, as if it had been the only one.
        """
        watch = Stopwatch()
        sought = self._sought(knowledge_base, request, watch)
        for number, threshold in enumerate(thresholds):
            task = _Task(knowledge_base, replace(request, threshold=threshold), sought.read, watch)
            yield _whole(self._told(sought, task, recorded=number == 0))
            watch = Stopwatch()

    def stream(self, knowledge_base: str, request: AnswerRequest) -> Iterator[AnswerEvent]:
        """Yield the answer as it is verified, then `DoneEvent` with the whole; errors are raised before the first."""
        watch = Stopwatch()
        sought = self._sought(knowledge_base, request, watch)
        yield from self._told(sought, _Task(knowledge_base, request, sought.read, watch))

    def _told(self, sought: _Sought, task: _Task, *, recorded: bool = True) -> Iterator[AnswerEvent]:
        question, history, request = sought.question, sought.history, task.request
        passages = sought.found.passages
        acting = Acting(question.text, question.standalone, question.language, history, passages, request.after_handoff)
        conversation_id = request.conversation_id or new_id("conversation")
        done = Answer(conversation_id, question, None, (), 0.0, handoff=acting.instead(), answer_id=new_id("answer"))
        if not sought.meant:
            done = replace(done, abstained=abstention(AbstentionReason.UNSAFE, question.language))
        elif not done.handoff:
            done = yield from self._answered(done, acting, task)
        done = replace(done, timings_ms={**sought.found.timings_ms, **task.watch.timings_ms})
        if recorded:
            self.record(done, history, task.knowledge_base, customer=request.customer)
        yield DoneEvent(done)

    def explain(self, knowledge_base: str, request: AnswerRequest) -> Explanation:
        """Return what each stage makes of a question; nothing is written, asked back, handed over or recorded."""
        from engine.answering.explaining import sureness
        from engine.domain.explanation import Explanation

        watch = Stopwatch()
        sought = self._sought(knowledge_base, request, watch)
        read, passages = sought.read, sought.found.passages
        with watch.stage("extract"):
            extraction = self._extract(read.query, read.language, passages, request)
            judgement = judged(read.query, read.language, passages, extraction, reranker=self.parts.reranker)
        with watch.stage("highlight"):
            shown = tuple(highlighted(each, read.query, read.language) for each in passages)
        return Explanation(
            sought.question,
            "" if read.language == sought.question.language else read.query,
            shown,
            sureness(judgement, self.standard(knowledge_base, request.threshold)),
            {**sought.found.timings_ms, **watch.timings_ms},
        )

    def _sought(self, knowledge_base: str, request: AnswerRequest, watch: Stopwatch) -> _Sought:
        """Understand a question and search for it."""
        text = validated(request.question, limit=self.options.max_question_chars)
        history = request.history
        if request.conversation_id and not history:  # a new conversation has none
            history = self.parts.conversations.history(request.conversation_id, last=HISTORY_TURNS)
        with watch.stage("language"):
            language = request.language or self._language(text, history)
        meant = without_commands(text)
        with watch.stage("standalone"):
            standalone = standalone_question(meant or text, language, history, self.parts.generator)
            standalone = without_placeholders(standalone) or standalone
        asked = SearchResult(standalone, language, ())
        found = self._passages(knowledge_base, asked, request.filter, PASSAGES_FOR_ANSWER, alone=True)
        with watch.stage("translate"):
            read = self._translated(knowledge_base, asked)
        if read is not asked:
            found = merged(found, self._passages(knowledge_base, read, request.filter, PASSAGES_FOR_ANSWER))
        with watch.stage("screen"):
            found = replace(found, passages=screened(found.passages, self.options.quarantine))
        return _Sought(Question(text, standalone, language), history, meant, read, found)

    def record(self, answer: Answer, history: Sequence[Turn], knowledge_base: str, *, customer: str = "") -> None:
        """Keep an answer that is given now in its conversation, and count it."""
        self.parts.conversations.append(
            answer.conversation_id,
            said_turns(answer, history),
            exchange=exchange_of(answer, knowledge_base),
            customer=customer,
        )
        if observer := served().observer:
            observer.answered(answer)

    def _answered(self, done: Answer, acting: Acting, task: _Task) -> Generator[AnswerEvent, None, Answer]:
        """Answer, ask back or abstain."""
        query, passages = acting.wanted()
        language = task.read.language
        query = query if language == acting.language else task.read.query
        standard = self.standard(task.knowledge_base, task.request.threshold)
        with task.watch.stage("extract"):
            canned = None if acting.decided else canned_answer(query, language, passages)
            extraction = acting.chosen() or canned or self._extract(query, language, passages, task.request)
            shipped = estimate(query, language, passages, extraction, reranker=self.parts.reranker)
        done = replace(done, confidence=standard.confidence(shipped))
        if not canned and (back := acting.clarify(extraction)):
            return replace(done, clarify=back)
        with task.watch.stage("conflicts"):
            held = settled(
                extraction, passages, out_of_force=self._elsewhere(SearchResult(query, language, ()), task, extraction)
            )
        sure = acting.decided or canned is not None
        reason = self._reason_to_abstain(done, held, 0.0 if sure else standard.needed)
        done = replace(done, handoff=acting.beside(reason), conflicts=held.conflicts)
        if reason:
            return replace(done, abstained=abstention(reason, acting.language))
        with task.watch.stage("write"):
            mode = AnswerMode.CANNED if held.extraction == canned else AnswerMode.EXTRACTIVE
            return (yield from self._write(done, held, acting.history, task.request.channel, mode))

    def _extract(self, query: str, language: str, passages: Sequence[Passage], request: AnswerRequest) -> Extraction:
        options = fitted(self.options.extraction, request.channel)
        return extract(query, language, passages, options, reranker=self.parts.reranker)

    def _elsewhere(self, asked: SearchResult, task: _Task, extraction: Extraction) -> Sequence[Passage]:
        """Return what was said on other days, where it could contradict."""
        if not can_conflict(extraction):
            return ()
        found = self._out_of_force(task.knowledge_base, asked, task.request.filter)
        return screened(found, self.options.quarantine)

    def _translated(self, knowledge_base: str, asked: SearchResult) -> SearchResult:
        """Return the question in the language of the knowledge base, if a model can say it; else as it is."""
        generator = self.parts.generator
        if generator is None:
            return asked
        language = foreign_language(asked.language, self.parts.knowledge.languages(knowledge_base))
        query = translated_query(asked.query, language, generator) if language else ""
        return SearchResult(query, language, ()) if query else asked

    def standard(self, knowledge_base: str, threshold: float | None = None) -> Standard:
        """Return what is asked of answers from a knowledge base; `threshold` stands above the settings.

        A calibration that corrects other models than the shipped ones is left aside.
        """
        stored = self.parts.calibrations
        own = stored.calibration(knowledge_base) if stored else None
        return Standard.of(
            own if own and own.basis == BASIS else None,
            accepted_error=self.options.accepted_error,
            threshold=self.options.answer_threshold if threshold is None else threshold,
        )

    def _language(self, text: str, history: tuple[Turn, ...]) -> str:
        """Detect the question's language; a message that tells nothing takes that of the customer's last words."""
        for said in (text, *(turn.text for turn in reversed(history) if turn.role is Role.CUSTOMER)):
            language = self.parts.detector.detect(said)
            if language != UNKNOWN:
                return language
        return UNKNOWN

    def _reason_to_abstain(self, answer: Answer, held: Settled, needed: float) -> AbstentionReason | None:
        if not held.extraction.quotes or not says_something(answer.question.text):
            return AbstentionReason.NO_EVIDENCE
        if answer.confidence < needed:
            return AbstentionReason.LOW_CONFIDENCE if held.extraction.coverage > 0 else AbstentionReason.NO_EVIDENCE
        return AbstentionReason.CONFLICT if held.undecided else None

    def _write(
        self, answer: Answer, held: Settled, history: Sequence[Turn], channel: Channel, mode: AnswerMode
    ) -> Generator[AnswerEvent, None, Answer]:
        reader, extraction = answer.question.language, held.extraction
        last = max(quote.passage for quote in extraction.quotes)
        evidence = held.passages[: max(self.options.evidence_passages, last + 1)]
        sentences = room_on(channel, self.options.extraction).written
        writing = Writing(answer.question.standalone, reader, evidence, extraction, history, sentences, mode)
        text, citations = "", list[Citation]()
        for piece in writing.pieces(self.parts.generator):
            served().stop.check()
            text += piece.text
            citations += piece.citations
            yield from _events(piece)
        quoted = writing.mode is not AnswerMode.GENERATED
        shown_as = presentation(citations[0].kind, steps=quoted and extraction.steps)
        lead = lead_in(citations[0], shown_as, reader) if quoted else ""
        return replace(
            answer,
            text=AnswerText(text, writing.spoken(citations), writing.mode, writing.notes, shown_as, lead),
            citations=tuple(citations),
            follow_ups=follow_ups(answer.question.text, extraction, held.passages, reader=reader),
        )


@dataclass(frozen=True, slots=True)
class _Sought:
    """A question as it was understood (`meant`: without commands to a model), how it is read, what was found for it."""

    question: Question
    history: tuple[Turn, ...]
    meant: str
    read: SearchResult
    found: SearchResult


@dataclass(frozen=True, slots=True)
class _Task:
    """What a question is asked of, how it is read there (translated, maybe), and how long its stages take."""

    knowledge_base: str
    request: AnswerRequest
    read: SearchResult
    watch: Stopwatch


def _whole(events: Iterator[AnswerEvent]) -> Answer:
    """Return the answer that a stream ends with."""
    for event in events:
        if isinstance(event, DoneEvent):
            return event.answer
    raise AssertionError("a stream ends with DoneEvent")


def _events(piece: Piece) -> Iterator[AnswerEvent]:
    yield TokenEvent(piece.text)
    for citation in piece.citations:
        yield CitationEvent(citation)
