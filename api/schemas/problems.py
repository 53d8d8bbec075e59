"""Problem documents (RFC 9457)."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.examples import PROBLEM

__all__ = ["FieldErrorOut", "ProblemOut"]


class FieldErrorOut(Model):
    """What is wrong with one field of a request; the value is never repeated."""

    field: str = Field(description="Path with dots, such as `filter.kinds.0`.", examples=["question"])
    message: str = Field(examples=["Field required"])


class ProblemOut(Model):
    """What went wrong, and what to do about it."""

    type: str = Field(description="Stable name of the problem; compare this, not the title.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    remedy: str = Field(default="", description="What the caller can do.")
    instance: str = Field(description="Path of the request.")
    request_id: str = Field(default="", description="The request's `X-Request-ID`, which the server's log names too.")
    errors: tuple[FieldErrorOut, ...] = Field(default=(), description="The fields that are wrong, if any.")

    model_config = ConfigDict(json_schema_extra={"examples": [PROBLEM]})
