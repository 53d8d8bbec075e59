"""`POST /v1/forms/check`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request

from api.openapi import problems
from api.schemas.forms import FormCheckOut, FormIn
from api.state import AssistOf, SettingsOf, in_worker
from ingestion.connect import limits_of
from ingestion.ocr.slips import read_slip

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["checks"])


@router.post("/forms/check", responses=problems(404, 413))
async def check_form(
    body: Annotated[FormIn, Form(media_type="multipart/form-data")],
    request: Request,
    assist: AssistOf,
    settings: SettingsOf,
) -> FormCheckOut:
    """Read a photographed return slip or receipt and compare it with the order.

    Tracking number, article, quantity, reason, date and total are read, whichever way the photograph lies; characters
    that readers confuse count as the same in codes. What a policy of the knowledge base says about it is cited.
    """

    def checked() -> FormCheckOut:
        lines = read_slip(body.image.file.read(), limits_of(settings).ocr, name=body.image.filename or "image")
        order, name = body.order.to_domain(), body.knowledge_base or ""
        return FormCheckOut.of(assist.forms.check(lines, order, knowledge_base=name, language=body.language or ""))

    return await in_worker(request, checked)
