"""What visitors of a page can reach of an engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind, KnowledgeBase
from engine.errors import NotFound
from engine.permitted.visiting import VisitedConversations, VisitedKnowledge
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database, exchange, publish

HELLO = Turn(Role.CUSTOMER, "Hello")


@pytest.fixture(scope="module")
def stored() -> Iterator[SqlKnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        for name in ("shop", "staff"):
            repository.add_knowledge_base(KnowledgeBase(name))
            publish(repository, f"{name}-open", knowledge_base=name, kind=DocumentKind.FAQ)
            publish(repository, f"{name}-hidden", knowledge_base=name, tags=("access:partners",))
        yield repository


@pytest.fixture
def seen(stored: SqlKnowledgeRepository) -> VisitedKnowledge:
    return VisitedKnowledge(stored, (), "shop")


def test_there_is_one_knowledge_base(seen: VisitedKnowledge) -> None:
    assert [each.name for each in seen.knowledge_bases()] == ["shop"]
    assert seen.knowledge_base("shop").name == "shop"
    assert [each.id for each in seen.documents("shop")] == ["shop-open"]
    assert seen.document("shop-open").id == "shop-open"


def test_others_are_not_there_and_not_named(seen: VisitedKnowledge) -> None:
    for name in ("staff", "none"):
        with pytest.raises(NotFound, match=name) as caught:
            seen.knowledge_base(name)
        assert "shop" not in str(caught.value)
        with pytest.raises(NotFound):
            seen.documents(name)
        assert (seen.index(name), seen.indexes(name)) == (None, ())
    for name in ("staff-open", "shop-hidden"):
        with pytest.raises(NotFound):
            seen.document(name)


def test_a_key_whose_knowledge_base_is_gone_finds_none(stored: SqlKnowledgeRepository) -> None:
    gone = VisitedKnowledge(stored, (), "gone")
    with pytest.raises(NotFound) as caught:
        gone.knowledge_base("gone")
    assert "staff" not in f"{caught.value} {caught.value.remedy}"


def test_conversations_are_those_that_visitors_began() -> None:
    with database() as engine:
        everybody = SqlConversationRepository(engine)
        visitors = VisitedConversations(everybody, (), "shop")
        everybody.append("7", [HELLO])
        for name in ("7", "8"):
            with pytest.raises(NotFound, match=name):
                visitors.history(name)
        visitors.append("secret", [HELLO], exchange=exchange("a1", conversation="secret"))
        assert visitors.history("secret", last=5) == (HELLO,)
        assert [each.conversation_id for each in visitors.exchanges("secret")] == ["secret"]
        assert everybody.history("secret") == ()


@pytest.mark.parametrize(("access", "name"), [((), "staff"), (("partners",), "shop")])
def test_another_knowledge_base_or_list_has_other_conversations(access: tuple[str, ...], name: str) -> None:
    with database() as engine:
        everybody = SqlConversationRepository(engine)
        VisitedConversations(everybody, (), "shop").append("secret", [HELLO])
        with pytest.raises(NotFound):
            VisitedConversations(everybody, access, name).history("secret")
