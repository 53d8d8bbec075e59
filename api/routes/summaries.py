"""`POST /v1/summaries`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.openapi import problems, streamed
from api.schemas.summaries import SummaryIn, SummaryOut
from api.schemas.summary_examples import EVENTS_EXAMPLE
from api.state import AssistOf
from api.streaming import summary_stream

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["assist"])
STREAMED = {
    "description": "The summary; with `stream: true` as the events `statement` and `done`, or `error`.",
    "content": streamed(EVENTS_EXAMPLE),
}


@router.post("/summaries", response_model=SummaryOut, responses={200: STREAMED, **problems(413)})
async def summarize(body: SummaryIn, assist: AssistOf, request: Request) -> Response | SummaryOut:
    """Summarise a conversation for a hand-over, the ticket or the archive.

    Every statement names its turns and quotes them exactly: issue, what was tried and what came of it, facts, promises
    with the words that say by when, outcome, open points, mood. Offline the statements are quotes; with a language
    model it writes them, and those whose numbers, dates and terms do not stand in their turns are dropped (`mode` and
    `notes` say what happened).

    With `stream: true` the reply is `text/event-stream`: an event `statement` for each as it becomes final, then `done`
    with the same object that is returned without streaming. If something breaks after the start, the last event is
    `error` with a problem document.
    """
    if body.stream:
        return await summary_stream(assist.summaries.stream(body.to_domain()), request.url.path)
    return SummaryOut.of(await run_in_threadpool(assist.summaries.summary, body.to_domain()))
