"""What all request and response models share."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "CONTROL",
    "FreeText",
    "Identifier",
    "KnowledgeBaseName",
    "Label",
    "LanguageTag",
    "Lenient",
    "Model",
    "SpanOut",
]

CONTROL = r"\x00-\x1f\x7f"

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


class SpanOut(Model):
    """Half-open range of character offsets, counted in Unicode code points."""

    start: int = Field(ge=0, examples=[120])
    end: int = Field(ge=0, examples=[164])
