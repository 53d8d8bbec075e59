"""What every reranker keeps to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.ports import Reranker
from engine.reranking.cross_encoder import CrossEncoderReranker
from tests.fakes.cross_encoder import tiny_cross_encoder
from tests.fakes.reranking import WordReranker

ADAPTERS: dict[str, Callable[[Path], Reranker]] = {
    "fake": lambda _: WordReranker(),
    "late_interaction": lambda _: LateInteraction(StaticEmbedder()),
    "cross_encoder": lambda folder: CrossEncoderReranker(str(tiny_cross_encoder(folder))),
}
TEXTS = ["Delivery takes three days.", "The warranty of a kettle is two years.", "Opening hours"]
STRANGE = ["", " \n\t", "\x00", "\ud800", "🧺🧺", "ᚠᚢᚦᚨᚱᚲ", "a" * 20_000]


@pytest.fixture(params=sorted(ADAPTERS), scope="module")
def reranker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    return ADAPTERS[request.param](tmp_path_factory.mktemp("model"))


def test_one_number_a_text(reranker: Reranker) -> None:
    assert reranker.relevance("warranty of the kettle", TEXTS).shape == (3,)


def test_what_speaks_of_the_query_is_more_relevant(reranker: Reranker) -> None:
    assert int(np.argmax(reranker.relevance("warranty of the kettle", TEXTS))) == 1


def test_no_texts_no_numbers(reranker: Reranker) -> None:
    assert reranker.relevance("warranty", []).shape == (0,)


@pytest.mark.parametrize("query", ["warranty", *STRANGE])
def test_strange_texts_and_queries_get_finite_numbers(reranker: Reranker, query: str) -> None:
    assert np.isfinite(reranker.relevance(query, [*STRANGE, *TEXTS])).all()


def test_the_order_of_the_texts_makes_no_difference(reranker: Reranker) -> None:
    forward = reranker.relevance("warranty of the kettle", TEXTS)
    backward = reranker.relevance("warranty of the kettle", TEXTS[::-1])
    assert forward == pytest.approx(backward[::-1])


def test_a_second_call_says_the_same(reranker: Reranker) -> None:
    first, second = (reranker.relevance("opening hours", TEXTS) for _ in range(2))
    assert first.tolist() == second.tolist()
