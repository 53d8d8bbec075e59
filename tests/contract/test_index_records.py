"""What every adapter of the KnowledgeRepository port must do with the indexes of a knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.knowledge import KnowledgeBase
from engine.domain.trial import Found, IndexTrial
from engine.errors import NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import BuiltIndex, IndexSignature, KnowledgeRepository
from tests.fakes.repositories import database
from tests.unit.ingestion.memory_knowledge import MemoryKnowledge

SIGNATURE = IndexSignature("model", "revision", 384, True, "bm25/1")
INDEX = BuiltIndex(SIGNATURE)


@pytest.fixture(params=["sqlite", "memory"])
def repository(request: pytest.FixtureRequest) -> Iterator[KnowledgeRepository]:
    with database() as engine:
        made = SqlKnowledgeRepository(engine) if request.param == "sqlite" else MemoryKnowledge()
        made.add_knowledge_base(KnowledgeBase("kb"))
        yield made


def test_an_unknown_knowledge_base_has_none(repository: KnowledgeRepository) -> None:
    assert (repository.index("x"), repository.indexes("x")) == (None, ())
    for record in (repository.use_index, repository.keep_index):
        with pytest.raises(NotFound):
            record("x", INDEX)
    repository.forget_index("x", "")


def test_the_index_is_what_was_recorded_last(repository: KnowledgeRepository) -> None:
    assert (repository.index("kb"), repository.indexes("kb")) == (None, ())
    repository.use_index("kb", INDEX)
    other = BuiltIndex(replace(SIGNATURE, dimension=8, normalized=False))
    repository.use_index("kb", other)
    assert (repository.index("kb"), repository.indexes("kb")) == (other, (other,))


def test_one_of_several_indexes_is_in_use(repository: KnowledgeRepository) -> None:
    trial = IndexTrial({"": Found(4, 0.5, 0.75), "zh-Hant": Found(1, 1.0, 0.5)}, 0.01, own=True)
    second, third = BuiltIndex(SIGNATURE, "2", "models/é"), BuiltIndex(SIGNATURE, "3", "bundled")
    repository.use_index("kb", INDEX)
    repository.keep_index("kb", third)
    repository.keep_index("kb", second)
    assert repository.indexes("kb") == (INDEX, second, third)
    tried = replace(second, trial=trial)
    repository.keep_index("kb", tried)
    repository.use_index("kb", tried)
    assert (repository.index("kb"), repository.indexes("kb")) == (tried, (tried, INDEX, third))
    described = replace(tried, source="elsewhere")
    repository.keep_index("kb", described)
    assert repository.index("kb") == described
    repository.forget_index("kb", "3")
    repository.forget_index("kb", "3")
    assert repository.indexes("kb") == (described, INDEX)


def test_an_index_that_is_only_kept_is_not_in_use(repository: KnowledgeRepository) -> None:
    repository.keep_index("kb", INDEX)
    assert (repository.index("kb"), repository.indexes("kb")) == (None, (INDEX,))
