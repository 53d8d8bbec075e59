"""Lists that owners edit, against the plainest thing that could do the same: a dictionary, the same random edits."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from engine.domain.canned_reply import CannedReply
from engine.domain.check import ListedWord, Severity
from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import KnowledgeBase
from engine.domain.triage import Intent
from engine.errors import NotFound
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.words import SqlWordRepository
from tests.fakes.repositories import database

HOMES = ("shop", "客服")
NAMES = ("a", "A", "late", "退货", "\u0130", "x\x00y", "\ud83d", "'; --", "%")
STEPS = 25


@pytest.fixture
def engine() -> Iterator[Engine]:
    with database() as made:
        for name in HOMES:
            SqlKnowledgeRepository(made).add_knowledge_base(KnowledgeBase(name))
        yield made


@pytest.mark.parametrize("seed", range(2))
def test_canned_replies_are_what_a_dictionary_would_hold(engine: Engine, seed: int) -> None:
    chance, kept = random.Random(seed), SqlCannedRepository(engine)
    model: dict[str, CannedReply] = {}
    for step in range(STEPS):
        home = chance.choice(HOMES)
        some = [
            CannedReply(home, chance.choice(NAMES), chance.choice(("en", "ja")), f"t{step}", chance.choice(NAMES))
            for _ in range(chance.randrange(4))
        ]
        before = kept.revision(home)
        match chance.choice(("put", "put", "replace", "count", "remove")):
            case "count":
                key = chance.choice([*model, "nobody"])
                kept.count(key, used=2, accepted=1)
                if key in model:
                    model[key] = replace(model[key], used=model[key].used + 2, accepted=model[key].accepted + 1)
                assert kept.revision(home) == before
            case "remove":
                key = chance.choice([*model, "nobody"])
                if model.pop(key, None) is None:
                    with pytest.raises(NotFound):
                        kept.remove(key)
                else:
                    kept.remove(key)
            case verb:
                kept.put(home, some, replace_all=verb == "replace")
                counted = {each.id: each for each in some}
                for key, each in counted.items():
                    if old := model.get(key):
                        counted[key] = replace(each, used=old.used, accepted=old.accepted)
                if verb == "replace":
                    model = {key: each for key, each in model.items() if each.knowledge_base != home}
                model |= counted
                assert kept.revision(home) > before
        for base in HOMES:
            found = {each.id: each for each in kept.replies(base)}
            assert found == {key: each for key, each in model.items() if each.knowledge_base == base}


@pytest.mark.parametrize("seed", range(2))
def test_word_lists_are_what_a_dictionary_would_hold(engine: Engine, seed: int) -> None:
    chance, kept = random.Random(seed), SqlWordRepository(engine)
    model: dict[str, dict[str, ListedWord]] = {home: {} for home in HOMES}
    for step in range(STEPS):
        home, word = chance.choice(HOMES), chance.choice(NAMES)
        some = [
            ListedWord(chance.choice(NAMES), chance.choice(list(Severity)), f"r{step}", bool(chance.randrange(2)))
            for _ in range(chance.randrange(4))
        ]
        match chance.choice(("put", "replace", "remove")):
            case "remove":
                assert kept.remove(home, word) == (model[home].pop(word, None) is not None)
            case verb:
                kept.put(home, some, replace=verb == "replace")
                model[home] = {**({} if verb == "replace" else model[home]), **{each.word: each for each in some}}
        for base in HOMES:
            assert {each.word: each for each in kept.words(base)} == model[base]


@pytest.mark.parametrize("seed", range(2))
def test_taxonomies_are_what_a_dictionary_would_hold(engine: Engine, seed: int) -> None:
    chance, kept = random.Random(seed), SqlIntentRepository(engine)
    model: dict[str, dict[str, Intent]] = {home: {} for home in HOMES}
    revisions = dict.fromkeys(HOMES, 0)
    for step in range(STEPS):
        home, name = chance.choice(HOMES), chance.choice(NAMES)
        ids = chance.sample(NAMES, chance.randrange(4))
        some = [
            Intent(key, (f"e{step}", chance.choice(NAMES)), priority=Priority.HIGH, required=(FactKind.SKU,))
            for key in ids
        ]
        match chance.choice(("put", "replace", "delete")):
            case "delete":
                if model[home].pop(name, None) is None:
                    with pytest.raises(NotFound):
                        kept.delete_intent(home, name)
                    continue
                kept.delete_intent(home, name)
            case verb:
                kept.put_intents(home, some, replace_all=verb == "replace")
                model[home] = {**({} if verb == "replace" else model[home]), **{each.id: each for each in some}}
        found = kept.taxonomy(home)
        assert {each.id: each for each in found.intents} == model[home]
        assert found.revision > revisions[home]
        revisions[home] = found.revision


def at_once(*work: Callable[[], None]) -> list[BaseException]:
    """Do things in threads of their own, and return what went wrong."""
    wrong: list[BaseException] = []

    def guarded(each: Callable[[], None]) -> None:
        try:
            each()
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=guarded, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_edits_of_several_owners_at_once_are_all_there_and_all_counted(engine: Engine) -> None:
    canned, words, intents = SqlCannedRepository(engine), SqlWordRepository(engine), SqlIntentRepository(engine)

    def owner(number: int) -> Callable[[], None]:
        def edit() -> None:
            for step in range(5):
                name = f"{number}-{step}"
                canned.put("shop", [CannedReply("shop", name, "en", "t", "x")])
                words.put("shop", [ListedWord(name)])
                intents.put_intents("shop", [Intent(name, ("e",))])

        return edit

    assert at_once(*map(owner, range(4))) == []
    names = sorted(f"{number}-{step}" for number in range(4) for step in range(5))
    assert [each.shortcut for each in canned.replies("shop")] == names
    assert [each.word for each in words.words("shop")] == names
    assert [each.id for each in intents.taxonomy("shop").intents] == names
    assert (canned.revision("shop"), words.revision("shop"), intents.taxonomy_revision("shop")) == (20, 20, 20)


def test_counts_of_several_agents_at_once_add_up(engine: Engine) -> None:
    canned, reply = SqlCannedRepository(engine), CannedReply("shop", "late", "en", "t", "x")
    canned.put("shop", [reply])

    def agent() -> None:
        for _ in range(10):
            canned.count(reply.id, used=1, accepted=1)

    assert at_once(agent, agent, agent, agent) == []
    assert canned.reply(reply.id) == replace(reply, used=40, accepted=40)
