"""What every adapter of the GraphRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from engine.domain.graph import Basis, Edge, NodeKind, Relation, Thing
from engine.domain.knowledge import KnowledgeBase, Span
from engine.persistence.graph import SqlGraphRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports.graph import GraphRepository
from tests.fakes.repositories import database, publish

ROBOT = Thing(NodeKind.PRODUCT, "drift r3", "Drift R3")
ERROR = Thing(NodeKind.ERROR_CODE, "drift r3 e4", "Drift R3 E4")
EDGE = Edge(ROBOT, Relation.HAS_ERROR, ERROR, Basis.TABLE, Span(3, 9), "a", 1, "x.html")


@pytest.fixture
def engine() -> Iterator[Engine]:
    with database() as made:
        knowledge = SqlKnowledgeRepository(made)
        for name in ("kb", "other"):
            knowledge.add_knowledge_base(KnowledgeBase(name))
        publish(knowledge, "a")
        publish(knowledge, "b", knowledge_base="other")
        yield made


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> GraphRepository:
    return SqlGraphRepository(engine)


def test_edges_come_back_with_their_documents(repository: GraphRepository) -> None:
    repository.put("kb", "a", 1, [EDGE, EDGE])
    repository.put("other", "b", 4, [])
    assert repository.edges("kb") == (EDGE, EDGE)
    assert repository.edges("other") == ()
    assert (repository.versions("kb"), repository.versions("other")) == ({"a": 1}, {"b": 4})


def test_a_new_version_takes_the_place_of_the_old_one(repository: GraphRepository) -> None:
    repository.put("kb", "a", 1, [EDGE, EDGE])
    repository.put("kb", "a", 2, [EDGE])
    (edge,) = repository.edges("kb")
    assert (edge.version, repository.versions("kb")) == (2, {"a": 2})


def test_edges_go_with_their_document(engine: Engine, repository: GraphRepository) -> None:
    repository.put("kb", "a", 1, [EDGE])
    SqlKnowledgeRepository(engine).delete_document("a")
    assert (repository.edges("kb"), repository.versions("kb")) == ((), {})
