"""What every adapter of the WordRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.domain.check import ListedWord, Severity
from engine.domain.knowledge import KnowledgeBase
from engine.errors import NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.words import SqlWordRepository
from engine.ports import KnowledgeRepository, WordRepository
from tests.fakes.repositories import database

WORDS = (ListedWord("b", Severity.WARN, "Do not.", disguised=False), ListedWord("竞品"))
Both = tuple[WordRepository, KnowledgeRepository]


@pytest.fixture(params=["sqlite"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        knowledge.add_knowledge_base(KnowledgeBase("kb"))
        knowledge.add_knowledge_base(KnowledgeBase("other"))
        yield SqlWordRepository(engine), knowledge


def test_words_come_back_as_they_were_ordered_by_word(both: Both) -> None:
    both[0].put("kb", WORDS[::-1])
    assert both[0].words("kb") == WORDS
    assert both[0].words("other") == ()


def test_a_word_replaces_the_one_written_the_same(both: Both) -> None:
    both[0].put("kb", WORDS)
    both[0].put("kb", [ListedWord("b")])
    assert both[0].words("kb") == (ListedWord("b"), WORDS[1])


def test_the_last_of_equal_words_counts(both: Both) -> None:
    both[0].put("kb", [ListedWord("b"), WORDS[0]])
    assert both[0].words("kb") == WORDS[:1]


def test_replacing_drops_the_rest(both: Both) -> None:
    both[0].put("kb", WORDS)
    both[0].put("kb", [ListedWord("c")], replace=True)
    assert both[0].words("kb") == (ListedWord("c"),)
    both[0].put("kb", [], replace=True)
    assert both[0].words("kb") == ()


def test_removing(both: Both) -> None:
    both[0].put("kb", WORDS)
    assert both[0].remove("kb", "b")
    assert not both[0].remove("kb", "b")
    assert both[0].words("kb") == WORDS[1:]


def test_every_change_counts(both: Both) -> None:
    seen = [both[0].revision("kb")]
    both[0].put("kb", WORDS)
    seen.append(both[0].revision("kb"))
    both[0].remove("kb", "b")
    seen.append(both[0].revision("kb"))
    assert seen == [0, 1, 2]
    assert both[0].revision("other") == 0


@pytest.mark.parametrize("call", ["words", "revision", "put", "remove"])
def test_an_unknown_knowledge_base_is_named(both: Both, call: str) -> None:
    arguments = {"put": (WORDS,), "remove": ("b",)}.get(call, ())
    with pytest.raises(NotFound, match=r"'nope'"):
        getattr(both[0], call)("nope", *arguments)


def test_a_knowledge_base_takes_its_list_along(both: Both) -> None:
    both[0].put("kb", WORDS)
    both[1].delete_knowledge_base("kb")
    both[1].add_knowledge_base(KnowledgeBase("kb"))
    assert both[0].words("kb") == ()


@pytest.mark.parametrize("word", ["'; DROP TABLE words; --", "😀", "a\x00b", "％"])
def test_any_text_can_be_a_word(both: Both, word: str) -> None:
    both[0].put("kb", [ListedWord(word)])
    assert both[0].words("kb") == (ListedWord(word),)
