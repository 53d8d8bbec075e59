"""Golden questions as `knowdesk eval` keeps them, as far as publishing asks them again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from api.schemas.base import Lenient
from engine.domain.proposals import Expected
from engine.errors import InvalidInput

__all__ = ["read_golden"]


class GoldenRowIn(Lenient):
    """A golden question; those with a history, and dialogues, have no question of their own."""

    text: str = Field(default="", description="As a customer asks it.")
    language: str = Field(default="", description="BCP 47 tag.")
    answers: tuple[str, ...] = Field(default=(), description="Any one of them must stand in the answer.")
    history: tuple[object, ...] = Field(default=(), description="What was said before.")
    status: Literal["approved", "proposed"] = Field(default="approved", description="Drafts are left out.")


def read_golden(file: Path) -> tuple[Expected, ...]:
    """Return the approved questions of a JSON Lines file that stand alone; InvalidInput names a line that is none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [GoldenRowIn.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read.", remedy="Check the file.") from error
    except ValidationError as error:
        raise InvalidInput(
            f"{file} has a line that is no golden question.", remedy="See `knowdesk eval data`."
        ) from error
    chosen = [row for row in rows if row.text and not row.history and row.status == "approved"]
    return tuple(Expected(row.text, row.answers, row.language) for row in chosen)
