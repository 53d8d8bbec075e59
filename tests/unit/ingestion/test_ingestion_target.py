from __future__ import annotations

import pytest

from engine.domain.knowledge import KnowledgeBase
from engine.errors import Conflict
from engine.ports import BuiltIndex, IndexSignature
from ingestion.target import IngestOptions, open_index
from tests.unit.ingestion.memory import KB, FakeEmbedder, Place


def test_the_signature_names_model_and_terms() -> None:
    assert Place().target.signature == IndexSignature("fake", "1", 3, True, "fake terms")


def test_what_is_missing_is_created() -> None:
    place = Place()
    open_index(place.target)
    assert place.knowledge.knowledge_base(KB) == KnowledgeBase(KB)
    assert place.store.exists(KB)
    assert place.knowledge.index(KB) == BuiltIndex(place.target.signature)


def test_what_exists_is_left_alone() -> None:
    place = Place()
    place.knowledge.add_knowledge_base(KnowledgeBase(KB, "For the shop"))
    open_index(place.target)
    before = place.state()
    open_index(place.target)
    assert place.state() == before
    assert place.knowledge.knowledge_base(KB).description == "For the shop"


def test_an_index_that_was_lost_is_created_again() -> None:
    place = Place()
    open_index(place.target)
    place.store.drop(KB)
    open_index(place.target)
    assert place.store.exists(KB)


def test_another_model_is_a_conflict() -> None:
    place = Place()
    open_index(place.target)
    place.embedder = FakeEmbedder("another")
    with pytest.raises(Conflict, match=r"'support' is indexed with fake .*say another") as caught:
        open_index(place.target)
    assert "--rebuild" in caught.value.remedy


def test_rebuilding_empties_the_index_and_signs_it_anew() -> None:
    place = Place()
    place.ingest([])
    place.store.indexes[KB]["chunk"] = None  # type: ignore[assignment]
    place.embedder = FakeEmbedder("another")
    open_index(place.target, rebuild=True)
    assert place.store.indexes[KB] == {}
    assert place.knowledge.index(KB) == BuiltIndex(place.target.signature)


def test_options_have_sane_defaults() -> None:
    options = IngestOptions()
    assert (options.chunking.max_weight, options.limits.max_file_mb, options.rebuild) == (320.0, 64.0, False)
