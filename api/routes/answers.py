"""`POST /v1/answer`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.access.authentication import PrincipalOf
from api.access.visitors import check_sent
from api.openapi import problems, streamed
from api.schemas.answers import AnswerIn, AnswerOut
from api.serving.caching import answer_events, whole
from api.state import EngineOf, ServingOf
from api.streaming import EVENTS_EXAMPLE, answer_stream

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["answers"])
STREAMED = {
    "description": "The answer; with `stream: true` as the events `token`, `citation` and `done`, or `error`.",
    "content": streamed(EVENTS_EXAMPLE),
}


@router.post("/answer", response_model=AnswerOut, responses={200: STREAMED, **problems(404, 409, 413)})
async def answer(
    body: AnswerIn, engine: EngineOf, request: Request, serving: ServingOf, principal: PrincipalOf
) -> Response | AnswerOut:
    """Answer a question from a knowledge base with citations, or abstain and say why.

    A conversation goes on under its `conversation_id`, or with the whole `history` sent by the caller; a follow-up is
    understood from it (`question.standalone`). Where the knowledge splits on something that the customer did not say,
    `clarify` asks for it. `handoff` says that a person is needed, with the facts collected so far; once it is
    `confirmed`, or an agent has written in the conversation, nothing is answered unless `after_handoff` asks for it.

    With `stream: true` the reply is `text/event-stream`. The events `token` ({"text"}) and `citation` come in the
    order of the answer's text; `done` ends the stream with the same object that is returned without streaming. If
    something breaks after the start, the last event is `error` with a problem document.

    With a public key only question, language, channel and the `conversation_id` of an earlier reply may be sent.
    """
    check_sent(principal, body)
    found = await answer_events(engine, serving, request, body.knowledge_base, body.to_domain())
    if body.stream:
        return await answer_stream(found.events, request.url.path, found.headers)
    done = AnswerOut.of(await run_in_threadpool(whole, found.events))
    return Response(done.model_dump_json(), headers=found.headers, media_type="application/json")
