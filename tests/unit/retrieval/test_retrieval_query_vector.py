"""The vector of a query, or none where embedding fails."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from engine.errors import BackendFailed, Misconfigured
from engine.observability import Stopwatch
from engine.ports import EmbedderInfo, Vector
from engine.retrieval import query_vector as module
from engine.retrieval.query_vector import UNEMBEDDED, Seldom, query_vector
from tests.fakes.embedding import HashEmbedder


class Failing(HashEmbedder):
    """Fails at what it is asked to."""

    def __init__(self, error: Exception) -> None:
        super().__init__(8)
        self.error = error

    def embed_query(self, text: str) -> Vector:
        """Fail."""
        raise self.error


class Unknown(HashEmbedder):
    """Cannot say what it is."""

    @property
    def info(self) -> EmbedderInfo:  # type: ignore[override]
        """Fail."""
        raise BackendFailed("The service is away.", remedy="Start it.")

    def __init__(self) -> None:
        """Know nothing."""


@pytest.fixture(autouse=True)
def _not_warned_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_warn", Seldom(60.0, clock=lambda: 0.0))


def test_a_query_is_embedded() -> None:
    watch = Stopwatch()
    np.testing.assert_array_equal(
        query_vector(HashEmbedder(8), "kettle", "en", watch), HashEmbedder(8).embed_query("kettle")
    )
    assert set(watch.timings_ms) == {"embed"}


def test_a_language_that_is_not_known_is_no_failure() -> None:
    watch = Stopwatch()
    assert query_vector(HashEmbedder(8, languages=("en",)), "kettle", "ja", watch) is None
    assert set(watch.timings_ms) == {"embed"}


@pytest.mark.parametrize("embedder", [Failing(BackendFailed("The service is away.")), Unknown()], ids=["query", "info"])
def test_a_backend_that_fails_leaves_the_words_and_is_told_once_in_a_while(
    embedder: HashEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Stopwatch()
    with caplog.at_level(logging.WARNING):
        assert [query_vector(embedder, "secret", "en", watch) for _ in range(3)] == [None] * 3
    assert set(watch.timings_ms) == {"embed", UNEMBEDDED}
    assert caplog.text.count("by their words alone: The service is away.") == 1
    assert "secret" not in caplog.text


def test_settings_that_are_wrong_are_not_passed_over() -> None:
    with pytest.raises(Misconfigured):
        query_vector(Failing(Misconfigured("No such model.")), "kettle", "en", Stopwatch())


def test_seldom_is_once_in_a_time() -> None:
    times = iter([0.0, 0.0, 9.9, 10.0, 10.0, 11.0])
    seldom = Seldom(10.0, clock=times.__next__)
    assert [seldom(), seldom(), seldom(), seldom()] == [True, False, True, False]
