"""What every adapter of the IntentRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import KnowledgeBase
from engine.domain.triage import Intent, Taxonomy
from engine.errors import NotFound
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import IntentRepository, KnowledgeRepository
from tests.fakes.repositories import database

RETURN = Intent(
    "return",
    ("I want to return it", "想退货", "\ufdd0'; DROP TABLE intents; --"),
    description="Send back",
    category="returns",
    queue="returns",
    priority=Priority.HIGH,
    required=(FactKind.ORDER_NUMBER, FactKind.SKU),
)
TRACK = Intent("track", ("Where is it?",))


@pytest.fixture(params=["sqlite"])
def repositories(request: pytest.FixtureRequest) -> Iterator[tuple[IntentRepository, KnowledgeRepository]]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        for name in ("shop", "desk"):
            knowledge.add_knowledge_base(KnowledgeBase(name))
        yield SqlIntentRepository(engine), knowledge


@pytest.fixture
def repository(repositories: tuple[IntentRepository, KnowledgeRepository]) -> IntentRepository:
    return repositories[0]


def test_intents_come_back_as_they_were_by_id(repository: IntentRepository) -> None:
    repository.put_intents("shop", [TRACK, RETURN])
    assert repository.taxonomy("shop") == Taxonomy((RETURN, TRACK), 1)


def test_there_are_none_at_first(repository: IntentRepository) -> None:
    assert repository.taxonomy("shop") == Taxonomy((), 0)


def test_knowledge_bases_have_intents_of_their_own(repository: IntentRepository) -> None:
    repository.put_intents("shop", [TRACK])
    repository.put_intents("desk", [RETURN])
    assert repository.taxonomy("shop").intents == (TRACK,)
    assert repository.taxonomy("desk").intents == (RETURN,)


def test_an_intent_takes_the_place_of_the_one_with_its_id(repository: IntentRepository) -> None:
    repository.put_intents("shop", [TRACK, RETURN])
    newer = Intent("track", ("Is it on its way?",))
    repository.put_intents("shop", [newer])
    assert repository.taxonomy("shop").intents == (RETURN, newer)


def test_all_can_be_replaced_at_once(repository: IntentRepository) -> None:
    repository.put_intents("shop", [TRACK, RETURN])
    repository.put_intents("shop", [TRACK], replace_all=True)
    assert repository.taxonomy("shop").intents == (TRACK,)
    repository.put_intents("shop", [], replace_all=True)
    assert repository.taxonomy("shop").intents == ()


def test_every_change_has_a_revision_of_its_own(repository: IntentRepository) -> None:
    seen = [repository.taxonomy_revision("shop")]
    for intents in ([TRACK], [TRACK], [RETURN]):
        repository.put_intents("shop", intents)
        seen.append(repository.taxonomy_revision("shop"))
    repository.delete_intent("shop", "track")
    seen.append(repository.taxonomy_revision("shop"))
    assert seen == sorted(set(seen))
    assert repository.taxonomy_revision("desk") == 0


def test_deleting_what_is_not_there_changes_nothing(repository: IntentRepository) -> None:
    repository.put_intents("shop", [TRACK])
    with pytest.raises(NotFound, match="ghost"):
        repository.delete_intent("shop", "ghost")
    assert repository.taxonomy("shop") == Taxonomy((TRACK,), 1)


def test_an_unknown_knowledge_base_is_named(repository: IntentRepository) -> None:
    with pytest.raises(NotFound, match="ghost"):
        repository.taxonomy("ghost")
    with pytest.raises(NotFound, match="ghost"):
        repository.taxonomy_revision("ghost")
    with pytest.raises(NotFound, match="ghost"):
        repository.put_intents("ghost", [TRACK])
    with pytest.raises(NotFound, match="ghost"):
        repository.delete_intent("ghost", "track")


def test_they_go_with_their_knowledge_base(repositories: tuple[IntentRepository, KnowledgeRepository]) -> None:
    intents, knowledge = repositories
    intents.put_intents("shop", [TRACK])
    knowledge.delete_knowledge_base("shop")
    knowledge.add_knowledge_base(KnowledgeBase("shop"))
    assert intents.taxonomy("shop") == Taxonomy((), 0)
