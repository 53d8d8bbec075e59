from __future__ import annotations

import numpy as np
import pytest

from engine.encoder.corpus import Corpus, CorpusBuilder
from engine.encoder.start import embedded, first_rows, row_weights, teach, teachable
from engine.encoder.vocabulary import Piece
from engine.ports import Vector
from tests.fakes.static_model import word_tokenizer

WORDS = ["refund", "returned", "goods", "the", "返品", "退款", "水", "of"]
PIECES = [Piece(word, 0.05 if word in ("the", "of") else 1e-6) for word in WORDS]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    builder = CorpusBuilder()
    builder.add_pairs("jmdict", [("返品", "returned goods"), ("返品", "the refund"), ("refund", "goods")])
    builder.add_pairs("cedict", [("退款", "refund"), ("退款 退款", "goods")])
    return builder.build(word_tokenizer(WORDS))


@pytest.fixture(scope="module")
def taught() -> Vector:
    return np.random.default_rng(5).standard_normal((4, 12)).astype(np.float32)


def row(rows: Vector, word: str) -> Vector:
    found: Vector = rows[WORDS.index(word) + 1]
    return found


def test_common_words_weigh_less_than_rare_ones() -> None:
    weights = row_weights(PIECES)
    assert weights.shape == (len(PIECES) + 1,)
    assert row(weights, "the") < 0.01
    assert row(weights, "refund") > 0.99
    assert 0.8 < row(weights, "水") < 0.95, "one character stands in many words"


def test_the_teacher_reads_english_words() -> None:
    assert teachable(PIECES) == [1, 2, 3, 4]


def test_the_teachers_vectors_are_those_of_the_bundled_model() -> None:
    vectors = teach(PIECES)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert vectors.shape == (4, 384)
    assert unit[0] @ unit[1] > unit[0] @ unit[3]


def test_words_point_where_their_meanings_point(corpus: Corpus, taught: Vector) -> None:
    rows = first_rows(PIECES, corpus, taught, dimension=32, seed=0)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert row(rows, "退款") @ row(rows, "refund") > 0.8
    assert row(rows, "返品") @ row(rows, "refund") > 0.3
    assert row(rows, "返品") @ row(rows, "the") < 0.4
    assert abs(row(rows, "水") @ row(rows, "refund")) < 0.6
    assert row(rows, "refund") @ row(rows, "goods") < 0.6, "English words keep their own direction"


def test_the_seed_and_nothing_else_changes_the_rows(corpus: Corpus, taught: Vector) -> None:
    one, two, other = (first_rows(PIECES, corpus, taught, dimension=16, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert (one != other).any()


def test_texts_are_embedded_by_weight(corpus: Corpus) -> None:
    rows = np.eye(len(WORDS) + 1, dtype=np.float32)
    weights = np.full(len(WORDS) + 1, 0.5, dtype=np.float32)
    weights[WORDS.index("the") + 1] = 0
    text = corpus.pairs["jmdict"][1:2, 1]
    np.testing.assert_allclose(embedded(rows, weights, corpus, text)[0], rows[WORDS.index("refund") + 1])


def test_an_empty_text_has_no_direction() -> None:
    corpus = Corpus(np.array([1], dtype=np.int32), np.array([0, 0, 1, 1]), {}, np.empty((0, 8, 5), dtype=np.int32), {})
    found = embedded(np.eye(2, dtype=np.float32), np.ones(2, dtype=np.float32), corpus, np.arange(3, dtype=np.int32))
    assert found.tolist() == [[0, 0], [0, 1], [0, 0]]
