"""`POST /v1/drafts`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.drafts import DraftIn, DraftOut
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["assist"])


@router.post("/drafts", responses=problems(404, 409, 413))
def draft_reply(body: DraftIn, assist: AssistOf) -> DraftOut:
    """Draft a reply to a conversation, or rewrite an agent's own.

    Greeting, empathy that fits the mood, the answer as the knowledge has it, steps, what happens next, closing; with
    citations for the agent. Facts come from the caller and the conversation; what nobody has told is marked and listed.
    Where the knowledge has no sure answer, the draft confirms the receipt and promises nothing. With a language model
    it writes the draft, and what the evidence does not support is left out. The draft is checked as a whole before it
    is returned (`check`), so it is not streamed.
    """
    return DraftOut.of(assist.drafts.draft(body.knowledge_base, body.to_domain()))
