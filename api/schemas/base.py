"""What all request and response models share."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

__all__ = [
    "CONTROL",
    "REPEATABLE",
    "Day",
    "Flag",
    "Fraction",
    "FreeText",
    "Identifier",
    "KnowledgeBaseName",
    "Label",
    "LanguageTag",
    "Lenient",
    "Model",
    "Moment",
    "SpanOut",
    "Whole",
    "check_period",
]

CONTROL = r"\x00-\x1f\x7f"


def _written_out(value: object) -> object:
    """Refuse the numbers that pydantic takes for seconds since 1970: the contract promises dates."""
    if isinstance(value, date) or (isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise ValueError("write it out, such as 2026-07-01 or 2026-07-01T09:00:00Z")


def _counted(value: object) -> object:
    """Refuse the texts and truth values that pydantic takes for numbers."""
    if isinstance(value, str | bool):
        raise ValueError("send a number")
    return value


KnowledgeBaseName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=rf"^[^{CONTROL}]+$"),
    Field(description="Name of a knowledge base.", examples=["support"]),
]
LanguageTag = Annotated[
    str,
    StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"),
    Field(description="BCP 47 language tag.", examples=["zh-Hans"]),
]
Day = Annotated[date, BeforeValidator(_written_out)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, BeforeValidator(_counted)]
Fraction = Annotated[float, BeforeValidator(_counted)]
REPEATABLE = Field(json_schema_extra={"uniqueItems": False})  # a set that takes the same thing twice
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=rf"^[^{CONTROL}]+$")]
FreeText = Annotated[str, AfterValidator(lambda text: text.encode("utf-8", "replace").decode("utf-8"))]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=rf"^[^{CONTROL}]+$")]


class Model(BaseModel):
    """Base of all models: immutable, unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def of(cls, value: object) -> Self:
        """Convert a domain value whose attributes are named like the fields of the model."""
        return cls.model_validate(value, from_attributes=True)


class Lenient(Model):
    """What other systems send in forms of their own: fields that mean nothing here are left unread."""

    model_config = ConfigDict(extra="ignore")


def check_period(first: date | None, last: date | None) -> None:
    """Raise ValueError, which a validator reports, for a period that ends before it begins."""
    if (last or date.max) < (first or date.min):
        raise ValueError("effective_until is before effective_from")


class SpanOut(Model):
    """Half-open range of character offsets, counted in Unicode code points."""

    start: int = Field(ge=0, examples=[120])
    end: int = Field(ge=0, examples=[164])
