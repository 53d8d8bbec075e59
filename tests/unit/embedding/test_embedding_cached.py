from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.assembly import build_engine
from engine.embedding.cached import CachedEmbedder
from engine.embedding.static import StaticEmbedder
from engine.ports import Vector
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder


class Counting(HashEmbedder):
    """Counts what it is asked."""

    asked = 0

    def embed_query(self, text: str) -> Vector:
        self.asked += 1
        return super().embed_query(text)


def test_a_query_is_embedded_once() -> None:
    inner = Counting()
    cached = CachedEmbedder(inner, 10)
    first, again = cached.embed_query("kettle"), cached.embed_query("kettle")
    np.testing.assert_array_equal(first, HashEmbedder().embed_query("kettle"))
    np.testing.assert_array_equal(first, again)
    assert inner.asked == 1


def test_nobody_can_spoil_what_is_kept() -> None:
    with pytest.raises(ValueError, match="read-only"):
        CachedEmbedder(HashEmbedder(), 10).embed_query("kettle")[0] = 7.0


def test_the_oldest_query_is_forgotten_first() -> None:
    inner = Counting()
    cached = CachedEmbedder(inner, 2)
    for query in ("a", "b", "a", "c", "a", "b"):
        cached.embed_query(query)
    assert inner.asked == 4


def test_passages_and_identity_are_the_models_own() -> None:
    inner = HashEmbedder(languages=("en",))
    cached = CachedEmbedder(inner, 2)
    assert cached.info == inner.info
    np.testing.assert_array_equal(cached.embed_passages(["a", "b"]), inner.embed_passages(["a", "b"]))


def test_each_engine_has_a_cache_of_its_own(tmp_path: Path) -> None:
    inner, built = Counting(), []
    for name in ("one", "two"):
        settings = load_settings(data_dir=tmp_path / name, embedding_cache=5)
        engine = build_engine(settings, embedder=inner)
        engine.parts.embedder.embed_query("kettle")
        built.append(engine.parts.embedder)
        engine.close()
    assert inner.asked == 2
    assert [type(each) for each in built] == [CachedEmbedder] * 2


def test_it_is_off_by_default_and_for_models_that_need_none(tmp_path: Path) -> None:
    for settings, kind in (
        (load_settings(data_dir=tmp_path / "a"), HashEmbedder),
        (load_settings(data_dir=tmp_path / "b", embedding_cache=5), StaticEmbedder),
    ):
        engine = build_engine(settings, embedder=HashEmbedder() if kind is HashEmbedder else StaticEmbedder())
        assert type(engine.parts.embedder) is kind
        engine.close()
