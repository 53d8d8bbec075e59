"""Keeping the words that a knowledge base's owner does not want in replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.check import ListedWord

__all__ = ["WordRepository"]


class WordRepository(Protocol):
    """A list of words for each knowledge base; NotFound is raised for an unknown one."""

    def revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the list; 0 before the first."""
        ...

    def words(self, knowledge_base: str) -> tuple[ListedWord, ...]:
        """Return the list, ordered by word."""
        ...

    def put(self, knowledge_base: str, words: Sequence[ListedWord], *, replace: bool = False) -> None:
        """Add words, in place of those that are written the same; `replace` drops the rest of the list."""
        ...

    def remove(self, knowledge_base: str, word: str) -> bool:
        """Remove a word; return False if it is not listed."""
        ...
