"""Answers and summaries as server-sent events, with `error` at the end if something breaks on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterable, Mapping
from typing import Final

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from api.problems import problem_of
from api.schemas.answers import AnswerOut, CitationOut, TokenOut
from api.schemas.base import Model
from api.schemas.summaries import StatementOut, SummaryOut
from engine.domain.answer import AnswerEvent, CitationEvent, DoneEvent, TokenEvent
from engine.domain.summary import Summary, SummaryEvent
from engine.errors import Stopped
from engine.observability import get_logger

__all__ = [
    "EVENTS_EXAMPLE",
    "answer_stream",
    "event_of",
    "event_stream",
    "guarded",
    "summary_event_of",
    "summary_stream",
]

logger = get_logger(__name__)

EVENTS_EXAMPLE: Final = (
    'event: token\ndata: {"text": "…"}\n\n'
    'event: citation\ndata: {"id": "1", "quote": "…"}\n\n'
    'event: done\ndata: {"conversation_id": "…", "answer": {"text": "…"}}\n\n'
)


async def answer_stream(
    events: Iterable[AnswerEvent], instance: str, headers: Mapping[str, str] | None = None
) -> EventSourceResponse:
    """Start to send an answer; an error before its first event is raised, so that it gets its own status."""
    return await _event_stream(map(event_of, events), instance, headers)


async def summary_stream(events: Iterable[SummaryEvent], instance: str) -> EventSourceResponse:
    """Start to send a summary; an error before its first event is raised, so that it gets its own status."""
    return await _event_stream(map(summary_event_of, events), instance)


async def _event_stream(
    messages: Iterable[ServerSentEvent], instance: str, headers: Mapping[str, str] | None = None
) -> EventSourceResponse:
    told = guarded(messages, lambda error: _message("error", problem_of(error, instance)))
    return await event_stream(told, headers)


async def event_stream(
    messages: Generator[ServerSentEvent], headers: Mapping[str, str] | None = None
) -> EventSourceResponse:
    """Start to send messages; an error before the first is raised.

    They are pulled in worker threads, one at a time, and no further once the client is gone.
    """
    first = await run_in_threadpool(next, messages)
    return EventSourceResponse(_pulled(first, messages), headers=headers)


def guarded(
    messages: Iterable[ServerSentEvent], failed: Callable[[Exception], ServerSentEvent]
) -> Generator[ServerSentEvent]:
    """Yield the messages; an error after the first ends them with what `failed` makes of it."""
    started = False
    try:
        for message in messages:
            yield message
            started = True
    except Exception as error:  # the status is sent: the client can only be told in the stream
        if not started:
            raise
        if not isinstance(error, Stopped):
            logger.exception("a streamed answer failed")
        yield failed(error)


def event_of(event: AnswerEvent) -> ServerSentEvent:
    """Serialise one event; `done` carries the same object as an answer that is not streamed."""
    match event:
        case TokenEvent():
            return _message("token", TokenOut.of(event))
        case CitationEvent():
            return _message("citation", CitationOut.of(event.citation))
        case DoneEvent():
            return _message("done", AnswerOut.of(event.answer))


def summary_event_of(event: SummaryEvent) -> ServerSentEvent:
    """Serialise one event; `done` carries the same object as a summary that is not streamed."""
    if isinstance(event, Summary):
        return _message("done", SummaryOut.of(event))
    return _message("statement", StatementOut.of(event.statement))


def _message(name: str, data: Model) -> ServerSentEvent:
    return ServerSentEvent(data.model_dump_json(), event=name)


async def _pulled(first: ServerSentEvent, messages: Generator[ServerSentEvent]) -> AsyncIterator[ServerSentEvent]:
    try:
        yield first
        async for message in iterate_in_threadpool(messages):
            yield message
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(messages.close)
