"""Answers as server-sent events: `token`, `citation`, `done`, and `error` if something breaks on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterable
from typing import Final

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from api.problems import problem_of
from api.schemas.answers import AnswerOut, CitationOut, TokenOut
from api.schemas.base import Model
from engine.domain.answer import AnswerEvent, CitationEvent, DoneEvent, TokenEvent
from engine.observability import get_logger

__all__ = ["EVENTS_EXAMPLE", "answer_stream", "event_of"]

logger = get_logger(__name__)

EVENTS_EXAMPLE: Final = (
    'event: token\ndata: {"text": "…"}\n\n'
    'event: citation\ndata: {"id": "1", "quote": "…"}\n\n'
    'event: done\ndata: {"conversation_id": "…", "answer": {"text": "…"}}\n\n'
)


async def answer_stream(events: Iterable[AnswerEvent], instance: str) -> EventSourceResponse:
    """Start to send an answer; an error before its first event is raised, so that it gets its own status.

    The synchronous `events` are pulled in worker threads, one at a time, and no further once the client is gone.
    """
    messages = _messages(iter(events), instance)
    first = await run_in_threadpool(next, messages)
    return EventSourceResponse(_pulled(first, messages))


def event_of(event: AnswerEvent) -> ServerSentEvent:
    """Serialise one event; `done` carries the same object as an answer that is not streamed."""
    match event:
        case TokenEvent():
            return _message("token", TokenOut.of(event))
        case CitationEvent():
            return _message("citation", CitationOut.of(event.citation))
        case DoneEvent():
            return _message("done", AnswerOut.of(event.answer))


def _message(name: str, data: Model) -> ServerSentEvent:
    return ServerSentEvent(data.model_dump_json(), event=name)


def _messages(events: Iterable[AnswerEvent], instance: str) -> Generator[ServerSentEvent]:
    started = False
    try:
        for event in events:
            yield event_of(event)
            started = True
    except Exception as error:  # the status is sent: the client can only be told in the stream
        if not started:
            raise
        logger.exception("a streamed answer failed")
        yield _message("error", problem_of(error, instance))


async def _pulled(first: ServerSentEvent, messages: Generator[ServerSentEvent]) -> AsyncIterator[ServerSentEvent]:
    try:
        yield first
        async for message in iterate_in_threadpool(messages):
            yield message
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(messages.close)
