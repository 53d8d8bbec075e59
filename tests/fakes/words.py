"""A WordRepository in memory."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.check import ListedWord

__all__ = ["MemoryWords"]


class MemoryWords:
    """Lists of the named knowledge bases."""

    def __init__(self, *names: str) -> None:
        self._lists: dict[str, dict[str, ListedWord]] = {name: {} for name in names}
        self._revisions = dict.fromkeys(names, 0)

    def revision(self, knowledge_base: str) -> int:
        """Return how often the list was changed."""
        return self._revisions[knowledge_base]

    def words(self, knowledge_base: str) -> tuple[ListedWord, ...]:
        """Return the list, ordered by word."""
        return tuple(word for _, word in sorted(self._lists[knowledge_base].items()))

    def put(self, knowledge_base: str, words: Sequence[ListedWord], *, replace: bool = False) -> None:
        """Add words, or make them the whole list."""
        self._revisions[knowledge_base] += 1
        kept = {} if replace else self._lists[knowledge_base]
        self._lists[knowledge_base] = kept | {word.word: word for word in words}

    def remove(self, knowledge_base: str, word: str) -> bool:
        """Remove a word; return False if it is not listed."""
        self._revisions[knowledge_base] += 1
        return self._lists[knowledge_base].pop(word, None) is not None
