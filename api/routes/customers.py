"""`/v1/customers`: what is kept of a customer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.privacy import CertificateOut, CustomerOut
from api.state import EngineOf, ServingOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/customers", tags=["privacy"])
CustomerId = Annotated[Identifier, Path(description="As it was sent as `customer_id` with questions.")]


@router.get("/{customer_id}", responses=problems(404))
def export_customer(customer_id: CustomerId, engine: EngineOf) -> CustomerOut:
    """Return all that is kept of a customer: conversations, answers, feedback, events, drafted messages."""
    return CustomerOut.kept(engine.privacy.export(customer_id))


@router.delete("/{customer_id}", responses=problems(404))
def erase_customer(customer_id: CustomerId, engine: EngineOf, serving: ServingOf) -> CertificateOut:
    """Erase all that is kept of a customer, from the files too, and return a certificate."""
    made = CertificateOut.signed(engine.privacy.erase(customer_id))
    if serving.answers is not None:
        serving.answers.clear()
    return made
