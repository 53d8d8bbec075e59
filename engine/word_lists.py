"""The owner's words, by knowledge base: kept in the database, taken up at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

from engine.answering.request import SHORTEN, validated
from engine.domain.check import ListedWord
from engine.errors import InvalidInput, NotFound
from engine.guard.words.matcher import Pattern, WordHit, WordMatcher
from engine.guard.words.ordinary import IsWord
from engine.ports import WordRepository

__all__ = ["MAX_WORDS", "WordLists"]

MAX_WORDS = 20_000  # of one knowledge base
_LONGEST = 100  # characters of a word


@dataclass(frozen=True, slots=True)
class _Compiled:
    revision: int
    words: dict[str, ListedWord]
    matcher: WordMatcher


class WordLists:
    """Lists, changes and finds an owner's words; safe to use from several threads."""

    def __init__(self, repository: WordRepository, *, is_word: IsWord) -> None:
        self._repository = repository
        self._is_word = is_word
        self._kept: dict[str, _Compiled] = {}
        self._lock = Lock()

    def words(self, knowledge_base: str) -> tuple[ListedWord, ...]:
        """Return the list, ordered by word; NotFound for an unknown knowledge base."""
        return self._repository.words(knowledge_base)

    def put(self, knowledge_base: str, words: Sequence[ListedWord], *, replace_all: bool = False) -> None:
        """Add words, or make them the whole list; InvalidInput names the first that cannot be listed."""
        checked = [_checked(word) for word in words]
        known = set() if replace_all else {word.word for word in self.words(knowledge_base)}
        if len(known | {word.word for word in checked}) > MAX_WORDS:
            raise InvalidInput(f"A list has at most {MAX_WORDS} words.", remedy="Leave out words that are rare.")
        self._repository.put(knowledge_base, checked, replace=replace_all)

    def remove(self, knowledge_base: str, word: str) -> None:
        """Remove a word, or raise NotFound."""
        if not self._repository.remove(knowledge_base, word.strip()):
            raise NotFound("This word is not on the list.", remedy="List the words of the knowledge base.")

    def find(self, knowledge_base: str, text: str) -> tuple[tuple[WordHit, ...], dict[str, ListedWord]]:
        """Return what stands in a text, and the words by their keys; a change of the list counts from the next call."""
        compiled = self._compiled(knowledge_base)
        return compiled.matcher.find(text), compiled.words

    def _compiled(self, knowledge_base: str) -> _Compiled:
        revision = self._repository.revision(knowledge_base)
        with self._lock:
            kept = self._kept.get(knowledge_base)
        if kept is None or kept.revision != revision:
            words = {word.word: word for word in self._repository.words(knowledge_base)}
            patterns = (Pattern(word.word, word.word, word.disguised) for word in words.values())
            kept = _Compiled(revision, words, WordMatcher(patterns, is_word=self._is_word))
            with self._lock:
                self._kept[knowledge_base] = kept
        return kept


def _checked(word: ListedWord) -> ListedWord:
    text = validated(word.word, limit=_LONGEST, what="word", remedy=SHORTEN)
    if not any(char.isalnum() for char in text):
        raise InvalidInput("A word needs a letter or a digit.", remedy="Leave out entries of punctuation alone.")
    return replace(word, word=text)
