"""`POST /v1/explanations`."""

from __future__ import annotations

from fastapi import APIRouter

from api.openapi import problems
from api.schemas.explanations import ExplainIn, ExplanationOut
from api.state import EngineOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/explanations", tags=["answers"])


@router.post("", responses=problems(404, 409, 413))
def explain(body: ExplainIn, engine: EngineOf) -> ExplanationOut:
    """Show how a question is understood, what each retriever finds for it, and what confidence is made of.

    Nothing is written, asked back, handed over or recorded.
    """
    return ExplanationOut.of(engine.explain(body.knowledge_base, body.to_domain()))
