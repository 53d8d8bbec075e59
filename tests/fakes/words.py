"""A WordRepository in memory."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from engine.domain.check import ListedWord
from engine.errors import NotFound

__all__ = ["MemoryWords"]


class MemoryWords:
    """Lists of the named knowledge bases."""

    def __init__(self, *names: str) -> None:
        self._lists: dict[str, dict[str, ListedWord]] = {name: {} for name in names}
        self._revisions = dict.fromkeys(names, 0)
        self._lock = Lock()

    def revision(self, knowledge_base: str) -> int:
        """Return how often the list was changed."""
        self._list(knowledge_base)
        return self._revisions[knowledge_base]

    def words(self, knowledge_base: str) -> tuple[ListedWord, ...]:
        """Return the list, ordered by word."""
        return tuple(word for _, word in sorted(self._list(knowledge_base).items()))

    def put(self, knowledge_base: str, words: Sequence[ListedWord], *, replace: bool = False) -> None:
        """Add words, or make them the whole list."""
        with self._lock:
            kept = self._list(knowledge_base)
            self._lists[knowledge_base] = ({} if replace else kept) | {word.word: word for word in words}
            self._revisions[knowledge_base] += 1

    def remove(self, knowledge_base: str, word: str) -> bool:
        """Remove a word; return False if it is not listed."""
        with self._lock:
            removed = self._list(knowledge_base).pop(word, None) is not None
            self._revisions[knowledge_base] += removed
        return removed

    def _list(self, knowledge_base: str) -> dict[str, ListedWord]:
        if knowledge_base not in self._lists:
            raise NotFound(f"There is no knowledge base {knowledge_base!r}.")
        return self._lists[knowledge_base]
