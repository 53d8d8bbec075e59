"""Keeping the owner's taxonomy of intents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.triage import Intent, Taxonomy

__all__ = ["IntentRepository"]


class IntentRepository(Protocol):
    """Intents of knowledge bases. Methods raise NotFound for a knowledge base that is not there."""

    def taxonomy(self, knowledge_base: str) -> Taxonomy:
        """Return the intents by id, with the revision that they are of."""
        ...

    def taxonomy_revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the intents; 0 before the first."""
        ...

    def put_intents(self, knowledge_base: str, intents: Sequence[Intent], *, replace_all: bool = False) -> None:
        """Add intents, or put them in the place of those with their ids, all at once.

        With `replace_all` every other intent is removed.
        """
        ...

    def delete_intent(self, knowledge_base: str, intent_id: str) -> None:
        """Remove an intent, or raise NotFound."""
        ...
