"""What every adapter of the WordRepository port keeps when lists change, fail to, and are changed at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.domain.check import ListedWord, Severity
from engine.domain.knowledge import KnowledgeBase
from engine.errors import NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.words import SqlWordRepository
from engine.ports import WordRepository
from tests.fakes.repositories import database
from tests.fakes.words import MemoryWords


@pytest.fixture(params=["sqlite", "memory"])
def repository(request: pytest.FixtureRequest) -> Iterator[WordRepository]:
    if request.param == "memory":
        yield MemoryWords("kb", "other")
        return
    with database() as engine:
        for name in ("kb", "other"):
            SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase(name))
        yield SqlWordRepository(engine)


def test_random_edits_leave_what_a_dictionary_would(repository: WordRepository) -> None:
    dice, kept, revision = random.Random(5), dict[str, ListedWord](), 0
    for step in range(80):
        words = [ListedWord(f"w{dice.randrange(8)}", remedy=f"{step}") for _ in range(dice.randrange(4))]
        if dice.random() < 0.3:
            name = f"w{dice.randrange(8)}"
            assert repository.remove("kb", name) == (kept.pop(name, None) is not None)
        else:
            replace = dice.random() < 0.2
            repository.put("kb", words, replace=replace)
            kept = {**({} if replace else kept), **{each.word: each for each in words}}
        assert repository.words("kb") == tuple(kept[name] for name in sorted(kept))
        assert repository.revision("kb") >= revision
        revision = repository.revision("kb")
    assert repository.words("other") == ()
    assert repository.revision("other") == 0


def test_every_change_can_be_told_from_the_one_before(repository: WordRepository) -> None:
    seen = [repository.revision("kb")]
    for severity in Severity:
        repository.put("kb", [ListedWord("a", severity)])
        seen.append(repository.revision("kb"))
    repository.put("kb", [], replace=True)
    seen.append(repository.revision("kb"))
    assert seen == sorted(set(seen))


def test_a_removal_of_nothing_is_no_change(repository: WordRepository) -> None:
    repository.put("kb", [ListedWord("a")])
    before = repository.revision("kb")
    assert not repository.remove("kb", "b")
    assert (repository.revision("kb"), repository.words("kb")) == (before, (ListedWord("a"),))


def test_words_are_told_apart_by_case_and_form(repository: WordRepository) -> None:
    words = tuple(ListedWord(word) for word in ("A", "a", "á", "a\u0301", "退貨", "退货"))
    repository.put("kb", words)
    assert repository.words("kb") == tuple(sorted(words, key=lambda each: each.word))
    assert repository.remove("kb", "A")
    assert ListedWord("a") in repository.words("kb")


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("disguised", [True, False])
@pytest.mark.parametrize("remedy", ["", "说别的。", "'\"\\%_\n🙂"])
def test_every_field_comes_back(repository: WordRepository, severity: Severity, disguised: bool, remedy: str) -> None:
    word = ListedWord("a", severity, remedy, disguised)
    repository.put("kb", [word])
    assert repository.words("kb") == (word,)


def test_long_lists_are_kept_whole(repository: WordRepository) -> None:
    words = tuple(ListedWord(f"w{at:05}") for at in range(3000))
    repository.put("kb", words[::-1], replace=True)
    assert repository.words("kb") == words


def test_a_list_that_is_refused_leaves_the_one_before(repository: WordRepository) -> None:
    repository.put("kb", [ListedWord("a")])
    with pytest.raises(NotFound, match="'nope'"):
        repository.put("nope", [ListedWord("b")], replace=True)
    assert repository.words("kb") == (ListedWord("a"),)


def test_additions_from_several_threads_are_all_kept(repository: WordRepository) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: repository.put("kb", [ListedWord(f"w{at:02}")]), range(16)))
    assert [each.word for each in repository.words("kb")] == [f"w{at:02}" for at in range(16)]
    assert repository.revision("kb") == 16
