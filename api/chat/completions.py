"""Answers as chat completions, whole or in chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sse_starlette import ServerSentEvent

from api.chat.errors import chat_error
from api.chat.usage import usage
from api.problems import problem_of
from api.schemas.answers import AnswerOut
from api.schemas.chat import (
    ChatCompletionIn,
    ChatCompletionOut,
    ChatUsageOut,
    ChoiceOut,
    ChunkChoiceOut,
    ChunkOut,
    DeltaOut,
    MessageOut,
)
from engine.answering.acting import told
from engine.domain.answer import Answer, AnswerEvent, CitationEvent, DoneEvent, TokenEvent

__all__ = ["CHUNKS_EXAMPLE", "Reply"]

DONE = "[DONE]"
CHUNKS_EXAMPLE = (
    'data: {"object": "chat.completion.chunk", "choices": [{"delta": {"role": "assistant", "content": ""}}], …}\n\n'
    'data: {"choices": [{"delta": {"content": "…"}, "finish_reason": null}], …}\n\n'
    'data: {"choices": [{"delta": {"knowdesk": {"citations": […], …}}, "finish_reason": "stop"}], …}\n\n'
    "data: [DONE]\n\n"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one call: all its chunks bear the same `id` and Unix time."""

    body: ChatCompletionIn
    id: str
    created: int

    def whole(self, answer: Answer) -> ChatCompletionOut:
        """Return the completion that says what the customer is told."""
        text, _ = told(answer)
        return ChatCompletionOut(
            id=self.id,
            created=self.created,
            model=self.body.model,
            choices=(ChoiceOut(message=MessageOut(content=text, knowdesk=AnswerOut.of(answer))),),
            usage=usage(self.body.messages, text),
        )

    def chunks(self, events: Iterable[AnswerEvent]) -> Iterator[ServerSentEvent]:
        """Yield the role, the text as it is verified, the answer with its evidence, the usage if asked for."""
        sent = ""
        for place, event in enumerate(events):
            if place == 0:
                yield self._chunk(DeltaOut(role="assistant", content=""))
            match event:
                case TokenEvent(text):
                    sent += text
                    yield self._chunk(DeltaOut(content=text))
                case CitationEvent():
                    pass
                case DoneEvent(answer):
                    yield from self._end(answer, sent)

    def failed(self, error: Exception) -> ServerSentEvent:
        """Return the last event of a stream that breaks."""
        fault, _ = chat_error(problem_of(error, ""))
        return ServerSentEvent(fault.model_dump_json())

    def _end(self, answer: Answer, sent: str) -> Iterator[ServerSentEvent]:
        text, _ = told(answer)
        if rest := text.removeprefix(sent):
            yield self._chunk(DeltaOut(content=rest))
        yield self._chunk(DeltaOut(knowdesk=AnswerOut.of(answer)), finish_reason="stop")
        if self.body.stream_options and self.body.stream_options.include_usage:
            yield self._event((), usage=usage(self.body.messages, text))
        yield ServerSentEvent(DONE)

    def _chunk(self, delta: DeltaOut, *, finish_reason: Literal["stop"] | None = None) -> ServerSentEvent:
        return self._event((ChunkChoiceOut(index=0, delta=delta, finish_reason=finish_reason),))

    def _event(self, choices: tuple[ChunkChoiceOut, ...], **counted: ChatUsageOut) -> ServerSentEvent:
        chunk = ChunkOut(
            id=self.id,
            object="chat.completion.chunk",
            created=self.created,
            model=self.body.model,
            choices=choices,
            **counted,
        )
        return ServerSentEvent(chunk.model_dump_json(exclude_unset=True))
