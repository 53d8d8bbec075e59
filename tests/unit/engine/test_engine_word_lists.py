"""The owner's words: checked, compiled once, taken up at once."""

from __future__ import annotations

import pytest

import engine.word_lists
from engine.domain.check import ListedWord
from engine.errors import InvalidInput, NotFound
from engine.word_lists import WordLists
from tests.fakes.words import MemoryWords


@pytest.fixture
def lists() -> WordLists:
    return WordLists(MemoryWords("kb"), is_word=lambda _: False)


def found(lists: WordLists, text: str) -> list[str]:
    return [hit.span.of(text) for hit in lists.find("kb", text)[0]]


def test_a_change_counts_from_the_next_call(lists: WordLists) -> None:
    assert found(lists, "竞品 Acme") == []
    lists.put("kb", [ListedWord("竞品")])
    assert found(lists, "竞品 Acme") == ["竞品"]
    lists.put("kb", [ListedWord(" Acme ")])
    assert found(lists, "竞品 Acme") == ["竞品", "Acme"]
    lists.remove("kb", "竞品")
    assert found(lists, "竞品 Acme") == ["Acme"]
    lists.put("kb", [ListedWord("x")], replace_all=True)
    assert [word.word for word in lists.words("kb")] == ["x"]


def test_a_list_is_compiled_once(lists: WordLists, monkeypatch: pytest.MonkeyPatch) -> None:
    lists.put("kb", [ListedWord("竞品")])
    lists.find("kb", "竞品")
    monkeypatch.setattr(engine.word_lists, "WordMatcher", None)
    assert found(lists, "竟品") == ["竟品"]


@pytest.mark.parametrize("word", ["", "   ", "***", "，", "x" * 101])
def test_what_cannot_be_listed(lists: WordLists, word: str) -> None:
    with pytest.raises(InvalidInput):
        lists.put("kb", [ListedWord("fine"), ListedWord(word)])
    assert lists.words("kb") == ()


def test_a_list_has_an_end(lists: WordLists, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.word_lists, "MAX_WORDS", 2)
    lists.put("kb", [ListedWord("a"), ListedWord("b")])
    lists.put("kb", [ListedWord("a")])
    with pytest.raises(InvalidInput, match="at most 2"):
        lists.put("kb", [ListedWord("c")])
    lists.put("kb", [ListedWord("c")], replace_all=True)


def test_a_word_that_is_not_there_cannot_be_removed(lists: WordLists) -> None:
    with pytest.raises(NotFound):
        lists.remove("kb", "a")
