from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.encoder.corpus import Corpus, CorpusBuilder
from engine.encoder.start import embedded
from engine.encoder.training import TrainingOptions, train
from engine.ports import Vector
from tests.fakes.static_model import word_tokenizer

PAIRS = 40
WORDS = [f"{kind}{number}" for kind in ("mot", "word", "filler") for number in range(PAIRS)]
OPTIONS = TrainingOptions(steps=100, batch_size=32, learning_rate=0.03, drop=0.3, save_every=20, mix={"words": 1})


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    builder = CorpusBuilder()
    builder.add_pairs("words", [(f"mot{number}", f"word{number} filler0") for number in range(PAIRS)])
    return builder.build(word_tokenizer(WORDS))


def fresh() -> tuple[Vector, Vector]:
    rows = np.random.default_rng(0).standard_normal((len(WORDS) + 1, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), np.ones(len(WORDS) + 1, dtype=np.float32)


def found_first(rows: Vector, weights: Vector, corpus: Corpus) -> float:
    left, right = (embedded(rows, weights, corpus, corpus.pairs["words"][:, side]) for side in (0, 1))
    return float(np.mean((left @ right.T).argmax(axis=1) == np.arange(PAIRS)))


def test_words_find_their_meanings_after_training(corpus: Corpus) -> None:
    rows, weights = fresh()
    before = found_first(rows, weights, corpus)
    progress = list(train(rows, weights, corpus, OPTIONS))
    assert before < 0.3
    assert found_first(rows, weights, corpus) > 0.9
    assert [each.step for each in progress] == list(range(1, 101))
    assert progress[-1].loss < progress[0].loss / 2


def test_rows_of_words_that_were_not_met_stay(corpus: Corpus) -> None:
    rows, weights = fresh()
    before = rows.copy()
    list(train(rows, weights, corpus, replace(OPTIONS, steps=3)))
    unseen = [WORDS.index(f"filler{number}") + 1 for number in range(1, PAIRS)]
    np.testing.assert_array_equal(rows[unseen], before[unseen])
    assert (rows[WORDS.index("filler0") + 1] != before[WORDS.index("filler0") + 1]).any()


def test_a_second_run_gives_the_same_rows(corpus: Corpus) -> None:
    (one, weights), (two, _), (other, _) = fresh(), fresh(), fresh()
    list(train(one, weights, corpus, OPTIONS))
    list(train(two, weights, corpus, OPTIONS))
    list(train(other, weights, corpus, replace(OPTIONS, seed=1)))
    np.testing.assert_array_equal(one, two)
    assert (one != other).any()


def test_a_run_that_was_cut_off_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    (whole, weights), (cut, _), (resumed, _) = fresh(), fresh(), fresh()
    list(train(whole, weights, corpus, OPTIONS))
    for progress in train(cut, weights, corpus, OPTIONS, checkpoint=tmp_path / "checkpoint.npz"):
        if progress.step == 45:
            break
    steps = [each.step for each in train(resumed, weights, corpus, OPTIONS, checkpoint=tmp_path / "checkpoint.npz")]
    assert steps == list(range(41, 101))
    np.testing.assert_allclose(resumed, whole, atol=1e-6)


def test_kinds_that_the_corpus_lacks_are_skipped(corpus: Corpus) -> None:
    rows, weights = fresh()
    options = replace(OPTIONS, steps=5, mix={"segments": 9, "words": 1, "pages": 9})
    assert {each.kind for each in train(rows, weights, corpus, options)} == {"words"}


def test_a_weight_of_nothing_keeps_a_word_out(corpus: Corpus) -> None:
    rows, weights = fresh()
    weights[WORDS.index("filler0") + 1] = 0
    before = rows.copy()
    list(train(rows, weights, corpus, replace(OPTIONS, steps=3)))
    np.testing.assert_array_equal(rows[WORDS.index("filler0") + 1], before[WORDS.index("filler0") + 1])
