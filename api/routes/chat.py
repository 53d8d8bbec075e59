"""`POST /v1/chat/completions`, `/v1/embeddings` and `/v1/models`, for OpenAI's clients."""

from __future__ import annotations

import time
import uuid
from typing import Annotated

from fastapi import APIRouter, Path, Response
from starlette.concurrency import run_in_threadpool

from api.chat.completions import CHUNKS_EXAMPLE, Reply
from api.chat.messages import PREFIX, knowledge_base_of, request_of
from api.chat.usage import token_count
from api.openapi import chat_errors, streamed
from api.schemas.base import KnowledgeBaseName
from api.schemas.chat import ChatCompletionIn, ChatCompletionOut, ModelOut, ModelsOut
from api.schemas.embeddings import ChatEmbeddingsIn, EmbeddingOut, EmbeddingsOut, EmbeddingUsageOut
from api.state import EngineOf
from api.streaming import event_stream, guarded

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["chat"])
STREAMED = {
    "description": "The completion; with `stream: true` as chunks, up to `[DONE]`.",
    "content": streamed(CHUNKS_EXAMPLE),
}
ModelName = Annotated[KnowledgeBaseName, Path(description="As listed, or the bare name of the knowledge base.")]


@router.post(
    "/chat/completions", response_model=ChatCompletionOut, responses={200: STREAMED, **chat_errors(404, 409, 413)}
)
async def complete_chat(body: ChatCompletionIn, engine: EngineOf) -> Response | ChatCompletionOut:
    """Answer the last message of a conversation, for any client of OpenAI's chat completions.

    `model` names the knowledge base. Answers come from its documents alone: system messages, tools and sampling
    parameters such as `temperature` have no effect. What `/v1/answer` returns beside the text (citations, confidence,
    `abstained`, `clarify`, `handoff`) is the field `knowdesk` of the message, in a stream of the last delta. Where
    nothing is known the content says so, and `finish_reason` is `stop` as well. Options such as `filter` and
    `conversation_id` go in as `knowdesk` (`extra_body` of the Python client). Tokens of `usage` are approximate.
    """
    name, asked = knowledge_base_of(body.model), request_of(body)
    reply = Reply(body, f"chatcmpl-{uuid.uuid4()}", int(time.time()))
    if body.stream:
        return await event_stream(guarded(reply.chunks(engine.stream(name, asked)), reply.failed))
    answer = await run_in_threadpool(engine.answer, name, asked)
    return await run_in_threadpool(reply.whole, answer)


@router.post("/embeddings", responses=chat_errors(404, 413))
def create_embeddings(body: ChatEmbeddingsIn, engine: EngineOf) -> EmbeddingsOut:
    """Embed texts as the passages of a knowledge base are embedded."""
    name, parts = knowledge_base_of(body.model), engine.parts
    parts.knowledge.knowledge_base(name)
    built = parts.knowledge.index(name)
    vectors = (engine.embedder_of(built) if built else parts.embedder).embed_passages(body.texts)
    data = [EmbeddingOut(index=place, embedding=body.encoded(vector)) for place, vector in enumerate(vectors)]
    tokens = token_count(body.texts)
    counted = EmbeddingUsageOut(prompt_tokens=tokens, total_tokens=tokens)
    return EmbeddingsOut(data=tuple(data), model=body.model, usage=counted)


@router.get("/models", responses=chat_errors())
def list_models(engine: EngineOf) -> ModelsOut:
    """List the knowledge bases as models to choose from."""
    return ModelsOut(data=tuple(ModelOut(id=PREFIX + each.name) for each in engine.parts.knowledge.knowledge_bases()))


@router.get("/models/{model:path}", responses=chat_errors(404))
def show_model(model: ModelName, engine: EngineOf) -> ModelOut:
    """Show one knowledge base as a model."""
    return ModelOut(id=PREFIX + engine.parts.knowledge.knowledge_base(knowledge_base_of(model)).name)
