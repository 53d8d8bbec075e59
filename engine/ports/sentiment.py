"""Reading how a message feels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.assist import Mood

__all__ = ["MoodReader"]


class MoodReader(Protocol):
    """Tells the mood of a customer's message."""

    def read(self, text: str, language: str) -> Mood:
        """Return the mood of a message in `language` (BCP 47); of one without words it is neutral."""
        ...
