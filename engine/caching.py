"""Answers that are given again, as long as nothing that they depend on has changed. Right before fast."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer, AnswerEvent, CitationEvent, DoneEvent, TokenEvent
from engine.errors import NotFound
from engine.observability import Stopwatch
from engine.retrieval.query_vector import UNEMBEDDED
from engine.service import Engine
from engine.serving import new_id

__all__ = ["AnswerCache", "CachedAnswer"]

TTL_S = 3600.0


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """The events of an answer, and whether it was given before; None if it is not of the kind that is looked up."""

    events: Iterator[AnswerEvent]
    hit: bool | None


class AnswerCache:
    """Keeps at most `entries` answers in memory, the least used go first, each for at most `ttl_s`.

    The key holds all that an answer depends on: `scope` (who asks, with tenant and access), the whole request, the
    knowledge base's generation and number of documents, the calibration, the models, the options and the day. Only
    first questions are looked up, and only answers with citations and without remarks, hand-over or conflict are kept,
    none that words alone found because embedding failed; before one is given again each of its quotes is compared with
    the stored text and must still be in force.
    """

    def __init__(self, entries: int, *, ttl_s: float = TTL_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries = entries
        self._ttl_s = ttl_s
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, Answer]] = OrderedDict()

    def stream(self, engine: Engine, knowledge_base: str, request: AnswerRequest, *, scope: str) -> CachedAnswer:
        """Return the events as `Engine.stream` does; an answer given again is recorded as a new one."""
        if request.history or request.conversation_id or request.after_handoff:
            return CachedAnswer(engine.stream(knowledge_base, request), None)
        key = _key(engine, knowledge_base, request, scope)
        with (watch := Stopwatch()).stage("cache"):
            kept = self._found(key)
            valid = kept is not None and _holds(engine, kept, request)
        if kept is not None and valid:
            return CachedAnswer(
                _again(engine, knowledge_base, replace(kept, timings_ms=watch.timings_ms), request.customer), True
            )
        return CachedAnswer(self._noted(key, engine.stream(knowledge_base, request)), False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _found(self, key: str) -> Answer | None:
        with self._lock:
            since, answer = self._kept.get(key, (0.0, None))
            if answer is None:
                return None
            if self._clock() - since >= self._ttl_s:
                del self._kept[key]
                return None
            self._kept.move_to_end(key)
            return answer

    def _noted(self, key: str, events: Iterator[AnswerEvent]) -> Iterator[AnswerEvent]:
        for event in events:
            if isinstance(event, DoneEvent) and _is_plain(event.answer):
                with self._lock:
                    self._kept[key] = (self._clock(), event.answer)
                    while len(self._kept) > self._entries:
                        self._kept.popitem(last=False)
            yield event


def _key(engine: Engine, knowledge_base: str, request: AnswerRequest, scope: str) -> str:
    parts = engine.parts
    parts.knowledge.knowledge_base(knowledge_base)
    return repr(
        (
            scope,
            knowledge_base,
            request,
            parts.knowledge.generation(knowledge_base),
            sorted(parts.knowledge.languages(knowledge_base).items()),
            parts.calibrations.calibration(knowledge_base) if parts.calibrations else None,
            engine.known_signature,
            parts.knowledge.index(knowledge_base),
            parts.generator.model if parts.generator else "",
            replace(engine.options, today=date.today),  # whose day follows
            engine.options.today(),
        )
    )


def _is_plain(answer: Answer) -> bool:
    remarks = answer.abstained or answer.clarify or answer.handoff or answer.conflicts
    if remarks or UNEMBEDDED in answer.timings_ms:
        return False
    return answer.text is not None and not answer.text.notes and bool(answer.citations)


def _holds(engine: Engine, answer: Answer, request: AnswerRequest) -> bool:
    """Tell whether every citation still quotes a version that is in force."""
    knowledge, day = engine.parts.knowledge, request.filter.as_of or engine.options.today()
    current = knowledge.in_force([each.document_id for each in answer.citations], day)
    try:
        return all(
            current[each.document_id].version == each.version
            and each.span.of(knowledge.stored_text(each.document_id, each.version).text) == each.quote
            for each in answer.citations
        )
    except (NotFound, KeyError):
        return False


def _again(engine: Engine, knowledge_base: str, answer: Answer, customer: str) -> Iterator[AnswerEvent]:
    """Give an answer as a new one, in a conversation of its own, to which feedback can be given."""
    done = replace(answer, conversation_id=new_id("conversation"), answer_id=new_id("answer"))
    if done.text:
        yield TokenEvent(done.text.text)
    yield from map(CitationEvent, done.citations)
    engine.record(done, (), knowledge_base, customer=customer)
    yield DoneEvent(done)
