"""Whether the process lives and can answer."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.base import Model

__all__ = ["CheckOut", "LiveOut", "ReadyOut"]

READY: Final[dict[str, JsonValue]] = {
    "status": "ready",
    "checks": [{"name": "database", "ok": True, "detail": ""}, {"name": "index:support", "ok": True, "detail": ""}],
}


class LiveOut(Model):
    """The process runs."""

    status: Literal["ok"] = "ok"

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})


class CheckOut(Model):
    """State of one thing that answers depend on."""

    name: str = Field(description="`database`, `index:` with the name of a knowledge base, or `llm`.")
    ok: bool
    detail: str = Field(default="", description="What is wrong, and the remedy.")


class ReadyOut(Model):
    """Whether questions can be answered now."""

    status: Literal["ready", "unavailable"]
    checks: tuple[CheckOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [READY]})
