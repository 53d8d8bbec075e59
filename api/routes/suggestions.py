"""`/v1/suggestions`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.suggestions import JudgedOut, SuggestionFeedbackIn, SuggestionsIn, SuggestionsOut
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/suggestions", tags=["assist"])


@router.post("", responses=problems(404, 409, 413))
def suggest(body: SuggestionsIn, assist: AssistOf) -> SuggestionsOut:
    """Suggest what an agent could send next: canned replies, knowledge, similar cases, next steps, a question back.

    Facts at hand are filled in, missing ones are gaps and never invented. Each suggestion has its evidence, and all
    are ranked by how well they fit and by what agents did with such suggestions before. Warnings come beside.
    """
    return SuggestionsOut.of(assist.suggesting.suggest(body.knowledge_base, body.to_domain()))


@router.post("/{id}/feedback", responses=problems(404, 413))
def judge_suggestion(
    id: Annotated[str, Path(min_length=1, max_length=200, description="Id of a suggestion.")],
    body: SuggestionFeedbackIn,
    assist: AssistOf,
) -> JudgedOut:
    """Say what became of a suggestion, for a week after it was made; the next ranking knows it.

    A later verdict takes the place of an earlier one.
    """
    return JudgedOut.shown(assist.suggesting.judge(id, body.verdict, body.sent_text))
