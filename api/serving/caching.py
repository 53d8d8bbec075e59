"""`X-Cache` and `Cache-Control`: whether an answer is one that was given before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.serving.desk import Serving
from api.serving.identity import caller_of
from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer, AnswerEvent, DoneEvent
from engine.service import Engine

__all__ = ["CACHE", "AnswerEvents", "answer_events", "whole"]

CACHE = "X-Cache"


@dataclass(frozen=True, slots=True)
class AnswerEvents:
    """The events of an answer, and the headers that go with it."""

    events: Iterator[AnswerEvent]
    headers: dict[str, str] = field(default_factory=dict)


async def answer_events(
    engine: Engine, serving: Serving, request: Request, knowledge_base: str, asked: AnswerRequest
) -> AnswerEvents:
    """Answer, from the cache where there is one, unless the client sent `Cache-Control: no-cache` or `no-store`."""
    wishes = {wish.strip().lower() for wish in request.headers.get("cache-control", "").split(",")}
    if serving.answers is None or wishes & {"no-cache", "no-store"}:
        return AnswerEvents(engine.stream(knowledge_base, asked))
    principal = getattr(request.state, "principal", None)
    scope = repr((caller_of(request), principal))
    look = partial(serving.answers.stream, engine, knowledge_base, asked, scope=scope)
    found = await run_in_threadpool(look)
    if found.hit is None:
        return AnswerEvents(found.events)
    result = "hit" if found.hit else "miss"
    serving.metrics.cached(result)
    return AnswerEvents(found.events, {CACHE: result})


def whole(events: Iterator[AnswerEvent]) -> Answer:
    """Return the answer that the events end with."""
    for event in events:
        if isinstance(event, DoneEvent):
            return event.answer
    raise AssertionError("a stream ends with DoneEvent")
