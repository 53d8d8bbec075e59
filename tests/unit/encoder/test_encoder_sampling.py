from __future__ import annotations

import numpy as np
import pytest

from engine.encoder.corpus import ABSENT, Corpus, CorpusBuilder
from engine.encoder.material import LANGUAGES, Page
from engine.encoder.sampling import Sampler
from tests.fakes.static_model import WORDS, word_tokenizer

ROWS = 200


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    builder = CorpusBuilder()
    builder.add_aligned(
        "segments", [{language: f"{language} {row}" for language in LANGUAGES[: 1 + row % 8]} for row in range(ROWS)]
    )
    builder.add_pairs("words", [(f"word {row}", f"meaning {row}") for row in range(50)])
    builder.add_pages(
        [
            {language: Page(f"{language} title {row}", f"{language} words {row}", f"{language} {row} " * 30)}
            | {"en": Page(f"en title {row}", "", "")}
            for row, language in enumerate(LANGUAGES)
        ]
    )
    return builder.build(word_tokenizer((*WORDS, "title", "words")))


def test_the_same_seed_draws_the_same(corpus: Corpus) -> None:
    for kind in ("segments", "words", "pages"):
        one, two, other = (Sampler(corpus, seed=seed).draw(kind, 32) for seed in (3, 3, 4))
        np.testing.assert_array_equal(one, two)
        assert one[0].tolist() != other[0].tolist()


def test_segments_are_drawn_in_two_languages(corpus: Corpus) -> None:
    left, right = Sampler(corpus, seed=0).draw("segments", 128)
    table = corpus.aligned["segments"]
    row_of = {text: row for row in range(ROWS) for text in table[row] if text != ABSENT}
    assert len(left) == len(right) > 64
    assert all(one != other and row_of[one] == row_of[other] for one, other in zip(left, right, strict=True))


def test_segments_of_a_batch_are_neighbours(corpus: Corpus) -> None:
    left, _ = Sampler(corpus, seed=1).draw("segments", 64)
    table = corpus.aligned["segments"]
    rows = sorted(int(np.flatnonzero((table == text).any(axis=1))[0]) for text in left)
    assert rows[-1] - rows[0] < 64 * 8 / 7 + 2, "only rows in one language are passed over"


def test_a_small_table_is_drawn_whole(corpus: Corpus) -> None:
    left, _ = Sampler(corpus, seed=0).draw("segments", 1000)
    assert len(left) == np.count_nonzero((corpus.aligned["segments"] != ABSENT).sum(axis=1) > 1)


def test_words_come_with_their_meanings_either_way_round(corpus: Corpus) -> None:
    pairs = {tuple(pair) for pair in corpus.pairs["words"].tolist()}
    turned = set()
    for seed in range(12):
        left, right = Sampler(corpus, seed=seed).draw("words", 8)
        straight = {(int(one), int(other)) in pairs for one, other in zip(left, right, strict=True)}
        assert len(straight) == 1
        turned |= straight
    assert turned == {True, False}


def test_pages_pair_a_title_or_description_with_another_part_of_the_page(corpus: Corpus) -> None:
    left, right = Sampler(corpus, seed=5).draw("pages", 256)
    place = {int(text): where for *where, text in ((*at, corpus.pages[at]) for at in np.ndindex(corpus.pages.shape))}
    assert len(left) > 20
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        assert place[one][0] == place[other][0]
        assert place[one][2] in (0, 1)
        assert place[one][2] < place[other][2]


def test_dropping_keeps_order_and_short_texts(corpus: Corpus) -> None:
    texts = np.concatenate([corpus.pages[3, 3, 2:3], corpus.pairs["words"][:4, 0]])
    whole, whole_starts = Sampler(corpus, seed=0).bags(texts)
    fewer, starts = Sampler(corpus, seed=0).bags(texts, drop=0.9)
    assert len(starts) == len(whole_starts) == len(texts)
    assert len(fewer) < len(whole)
    assert len(fewer) - starts[1] == len(whole) - whole_starts[1], "texts of three tokens and fewer are whole"
