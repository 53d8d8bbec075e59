"""Photographed slips compared with orders."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from fastapi import UploadFile
from pydantic import ConfigDict, Field, Json, StringConstraints

from api.schemas.answers import CitationOut
from api.schemas.base import Day, KnowledgeBaseName, Label, LanguageTag, Model, Whole
from engine.domain.form import FormField, FormVerdict, OrderFacts, Standing

__all__ = ["FormCheckOut", "FormIn", "OrderIn"]

TOTAL: Final = re.compile(r"^\d{1,9}(\.\d{1,2})?( [A-Z]{3})?$")
ORDER: Final[dict[str, Any]] = {"tracking_number": "SF1384420915577", "sku": "MV-P5-1020", "until": "2026-04-20"}
FINDING: Final[dict[str, Any]] = {
    "field": "date",
    "standing": "late",
    "found": "2026-04-24",
    "expected": "2026-04-20",
    "confidence": 0.99,
}


class OrderIn(Model):
    """What the order says; what is left out is not compared."""

    tracking_number: Label | None = Field(default=None, description="Of the returned parcel.")
    sku: Label | None = Field(default=None, description="Of the article.")
    quantity: Whole | None = Field(default=None, ge=0, le=999, description="How many pieces come back.")
    reason: Label | None = Field(default=None, description="As it was given when the return was announced.")
    until: Day | None = Field(default=None, description="The last day on which the slip may be dated.")
    total: Annotated[str, StringConstraints(pattern=TOTAL)] | None = Field(
        default=None, description="An amount with its currency, such as `259 CNY`."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [ORDER]})

    def to_domain(self) -> OrderFacts:
        """Convert to the domain."""
        return OrderFacts(**dict(self))


class FormIn(Model):
    """A photograph and the order that it is about, as multipart/form-data."""

    image: UploadFile = Field(description="The photograph: PNG, JPEG, WebP, TIFF and the like.")
    order: Json[OrderIn] = Field(description="What the order says, as JSON.", examples=['{"quantity": 1}'])
    knowledge_base: KnowledgeBaseName | None = Field(
        default=None,
        description="Whose policies say what to do; none if left out.",
        examples=["support"],
    )
    language: LanguageTag | None = Field(default=None, description="Of the slip; told by its words if left out.")


class FieldFindingOut(Model):
    """How a field stands with the order."""

    field: FormField
    standing: Standing = Field(
        description="`missing` without a label or with nothing behind it, `unreadable` if it makes no value or what "
        "differs may have been misread, `late` behind the last day."
    )
    found: str = Field(description="What was read, in comparable form.")
    expected: str
    confidence: float = Field(ge=0, le=1, description="Of the reading.")

    model_config = ConfigDict(json_schema_extra={"examples": [FINDING]})


class FormCheckOut(Model):
    """What to do with a slip, and why."""

    verdict: FormVerdict = Field(
        description="`reject` for another article or a late date, `review` if anything else does not match."
    )
    language: str
    findings: tuple[FieldFindingOut, ...] = Field(description="One for each field that was compared.")
    resolution: CitationOut | None = Field(description="What a policy says about it; null if none was found.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"verdict": "reject", "language": "zh-Hans", "findings": [FINDING], "resolution": None}]
        }
    )
