"""What every adapter of the IntentRepository port keeps when intents change, fail to, and are read at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import KnowledgeBase
from engine.domain.triage import Intent, Taxonomy
from engine.errors import NotFound
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import IntentRepository, KnowledgeRepository
from tests.fakes.repositories import database

Repositories = tuple[IntentRepository, KnowledgeRepository]


@pytest.fixture(params=["sqlite"])
def repositories(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Repositories]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        for name in ("shop", "desk"):
            knowledge.add_knowledge_base(KnowledgeBase(name))
        yield SqlIntentRepository(engine), knowledge


def intent(name: str, *examples: str) -> Intent:
    return Intent(name, examples or (f"I want {name}",))


def test_random_edits_leave_what_a_dictionary_would(repositories: Repositories) -> None:
    repository, rng = repositories[0], np.random.default_rng(17)
    kept: dict[str, Intent] = {}
    revision = 0
    for step in range(60):
        name = f"i{rng.integers(6)}"
        match int(rng.integers(4)):
            case 0 if name in kept:
                repository.delete_intent("shop", name)
                del kept[name]
            case 1:
                made = [intent(f"i{at}", f"example {step}") for at in range(int(rng.integers(4)))]
                repository.put_intents("shop", made, replace_all=True)
                kept = {each.id: each for each in made}
            case _:
                repository.put_intents("shop", [intent(name, f"example {step}")])
                kept[name] = intent(name, f"example {step}")
        found = repository.taxonomy("shop")
        assert found.intents == tuple(kept[each] for each in sorted(kept))
        assert found.revision == repository.taxonomy_revision("shop") > revision
        revision = found.revision


@pytest.mark.parametrize("priority", list(Priority))
@pytest.mark.parametrize("required", [(), tuple(FactKind), tuple(reversed(FactKind))], ids=["none", "all", "reversed"])
def test_every_field_comes_back(repositories: Repositories, priority: Priority, required: tuple[FactKind, ...]) -> None:
    made = Intent("a", ("b", "a", "想退货", "'\"\\%_\n", "🙂"), "d" * 200, "キャンセル", "队列", priority, required)
    repositories[0].put_intents("desk", [made])
    assert repositories[0].taxonomy("desk").intents == (made,)


def test_many_intents_with_many_examples_are_kept_in_the_order_of_their_ids(repositories: Repositories) -> None:
    made = [intent(f"i{at:03}", *(f"example {at} {each}" for each in range(40))) for at in range(300)]
    repositories[0].put_intents("shop", made[::-1])
    assert repositories[0].taxonomy("shop") == Taxonomy(tuple(made), 1)


def test_ids_are_told_apart_by_their_case(repositories: Repositories) -> None:
    repositories[0].put_intents("shop", [intent("a"), intent("A")])
    repositories[0].delete_intent("shop", "A")
    assert repositories[0].taxonomy("shop").intents == (intent("a"),)


def test_nothing_is_changed_in_the_neighbour(repositories: Repositories) -> None:
    repository = repositories[0]
    for name in ("shop", "desk"):
        repository.put_intents(name, [intent("a"), intent("b")])
    repository.delete_intent("shop", "a")
    repository.put_intents("shop", [], replace_all=True)
    assert repository.taxonomy("desk") == Taxonomy((intent("a"), intent("b")), 1)
    assert repository.taxonomy_revision("shop") == 3


def test_a_deletion_that_fails_counts_as_no_change(repositories: Repositories) -> None:
    repository = repositories[0]
    repository.put_intents("shop", [intent("a")])
    repository.put_intents("desk", [intent("b")])
    with pytest.raises(NotFound, match="'b'"):
        repository.delete_intent("shop", "b")
    assert repository.taxonomy_revision("shop") == 1


def test_deleting_a_knowledge_base_leaves_the_other_s_intents(repositories: Repositories) -> None:
    intents, knowledge = repositories
    for name in ("shop", "desk"):
        intents.put_intents(name, [intent("a")])
    knowledge.delete_knowledge_base("shop")
    with pytest.raises(NotFound, match="shop"):
        intents.taxonomy("shop")
    assert intents.taxonomy("desk") == Taxonomy((intent("a"),), 1)


def test_edits_from_several_threads_are_all_counted(repositories: Repositories) -> None:
    repository = repositories[0]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: repository.put_intents("shop", [intent(f"i{at:02}")]), range(16)))
    found = repository.taxonomy("shop")
    assert (len(found.intents), found.revision) == (16, 16)
