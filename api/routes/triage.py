"""`POST /v1/triage`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.triage import TriageIn, TriageOut
from api.state import AssistOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["assist"])


@router.post("/triage", responses=problems(404, 409, 413))
def triage(body: TriageIn, assist: AssistOf) -> TriageOut:
    """Sort a message: intents from your own taxonomy, category, queue, priority, entities, and facts to ask for.

    A message may have several intents, each with the part that says it, or none of these. The probability of none is
    calibrated on your examples: on each left out, and on each intent left out as a whole.
    """
    return TriageOut.of(assist.triage(body.knowledge_base, body.to_domain()))
