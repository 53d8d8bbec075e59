"""What every adapter of the Embedder port must do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from engine.embedding.cached import CachedEmbedder
from engine.embedding.onnx import OnnxEmbedder
from engine.embedding.prepared import Precision
from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
from engine.embedding.service import ServiceEmbedder
from engine.embedding.service_known import ServiceOptions
from engine.embedding.static import StaticEmbedder
from engine.ports import Closing, Embedder, Vector
from tests.fakes.embedding import HashEmbedder
from tests.fakes.embedding_service import FakeService, Kind
from tests.fakes.static_model import save_static_model
from tests.serving import embeddings
from tests.waiting import PATIENCE_S

MAKERS: dict[str, Callable[[pytest.FixtureRequest], Embedder]] = {
    "fake": lambda _: HashEmbedder(),
    "cached": lambda _: CachedEmbedder(HashEmbedder(), 2),
    "bundled": lambda _: SentenceTransformerEmbedder(batch_size=4),
    "path": lambda request: SentenceTransformerEmbedder(str(request.getfixturevalue("tiny_model")), batch_size=4),
    "onnx": lambda request: OnnxEmbedder(request.getfixturevalue("tiny_prepared")[Precision.FP32]),
    "onnx int8": lambda request: OnnxEmbedder(request.getfixturevalue("tiny_prepared")[Precision.INT8]),
    "static": lambda request: StaticEmbedder(
        save_static_model(request.getfixturevalue("tmp_path_factory").mktemp("static") / "tiny")
    ),
    "bundled static": lambda _: StaticEmbedder(),
    "service": lambda request: served_embedder(request.getfixturevalue("service")),
    "text-embeddings-inference": lambda _: FakeService(Kind.TEI).embedding(batch_size=2, passage_prefix="passage: "),
    "vLLM": lambda _: FakeService(Kind.VLLM).embedding(batch_size=3, query_prefix="query: "),
}
TEXTS = ["refund", "kettle battery delivery", "返品 退款", "refund kettle", "delivery"]
ODD = ["", " \t\n", "😀🎉", "a" * 5000, "\ud800 lone", "\x00", "ﷺ", "．．．"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embeddings(tmp_path_factory.mktemp("service") / "data", HashEmbedder()) as address:
        yield address


@pytest.fixture(scope="module", params=MAKERS)
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    made = MAKERS[request.param](request)
    yield made
    if isinstance(made, Closing):
        made.close()


def served_embedder(address: str) -> Embedder:
    options = ServiceOptions(url=address, model="shop", batch_size=3, query_timeout_s=PATIENCE_S, timeout_s=PATIENCE_S)
    return ServiceEmbedder(options)


def assert_unit(vectors: Vector) -> None:
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-5)


def test_info_names_the_model_and_its_dimension(embedder: Embedder) -> None:
    info = embedder.info
    assert info.model
    assert info.revision
    assert info.normalized
    assert info.dimension == embedder.embed_query("refund").shape[0]
    assert embedder.info == info


def test_passages_are_rows_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.info.dimension)
    assert_unit(vectors)


def test_a_query_is_one_vector_of_unit_length(embedder: Embedder) -> None:
    vector = embedder.embed_query("refund")
    assert vector.shape == (embedder.info.dimension,)
    assert_unit(vector)


def test_no_passages_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.info.dimension)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_text_gives_a_finite_unit_vector(embedder: Embedder, text: str) -> None:
    assert_unit(embedder.embed_query(text))
    assert_unit(embedder.embed_passages([text, "refund"]))


def test_order_and_company_do_not_matter(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    backwards = embedder.embed_passages(TEXTS[::-1])[::-1]
    alone = np.stack([embedder.embed_passages([text])[0] for text in TEXTS])
    np.testing.assert_allclose(together, backwards, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_like_texts_are_closer_than_unlike_ones(embedder: Embedder) -> None:
    refund, kettle, both = embedder.embed_passages(["refund", "kettle battery", "refund refund kettle"])
    assert both @ refund > refund @ kettle


def test_threads_get_the_same_vectors(embedder: Embedder) -> None:
    expected = embedder.embed_passages(TEXTS)
    found: list[Vector] = []

    def work() -> None:
        found.append(embedder.embed_passages(TEXTS))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(found) == len(threads)
    for vectors in found:
        np.testing.assert_allclose(vectors, expected, atol=1e-5)
