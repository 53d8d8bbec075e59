from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.encoder.corpus import ABSENT, PARTS, Corpus, CorpusBuilder
from engine.encoder.material import LANGUAGES, Page
from tests.fakes.static_model import word_tokenizer

EN, JA = LANGUAGES.index("en"), LANGUAGES.index("ja")


def build() -> tuple[CorpusBuilder, Corpus]:
    builder = CorpusBuilder()
    builder.add_aligned("segments", [{"en": "refund kettle", "ja": "返品"}, {"en": "refund kettle"}])
    builder.add_pairs("words", [("退款", "refund"), ("返品", "refund")])
    builder.add_pages([{"en": Page("kettle", "", "battery " * 80), "ja": Page("返品", "退款", "退款")}])
    return builder, builder.build(word_tokenizer())


def words(corpus: Corpus, text: int) -> list[int]:
    return list(corpus.tokens[corpus.offsets[text] : corpus.offsets[text + 1]])


def test_equal_texts_share_a_number() -> None:
    builder, corpus = build()
    assert builder.texts[:4] == ["refund kettle", "返品", "退款", "refund"]
    segments = corpus.aligned["segments"]
    assert segments[0, EN] == segments[1, EN]
    assert segments[0, JA] == corpus.pairs["words"][1, 0]
    assert segments[1, JA] == ABSENT


def test_texts_are_cut_into_tokens() -> None:
    _, corpus = build()
    assert words(corpus, 0) == [1, 2]
    assert words(corpus, 1) == [5]
    np.testing.assert_array_equal(corpus.lengths(np.array([0, 1], dtype=np.int32)), [2, 1])


def test_bags_hold_the_tokens_of_each_text_in_turn() -> None:
    _, corpus = build()
    tokens, starts = corpus.bags(np.array([1, 0, 1], dtype=np.int32))
    assert tokens.tolist() == [5, 1, 2, 5]
    assert starts.tolist() == [0, 1, 3, 4]


def test_a_page_has_its_parts_in_each_language() -> None:
    builder, corpus = build()
    assert corpus.pages.shape == (1, len(LANGUAGES), PARTS)
    english, japanese = corpus.pages[0, EN], corpus.pages[0, JA]
    assert builder.texts[english[0]] == "kettle"
    assert english[1] == ABSENT
    assert builder.texts[english[2]].startswith("battery")
    assert len(builder.texts[english[2]]) == 520
    assert builder.texts[english[3]].startswith("battery")
    assert english[4] == ABSENT
    assert japanese[2] == ABSENT, "a body of a word is no passage"
    assert (corpus.pages[0, LANGUAGES.index("de")] == ABSENT).all()


def test_a_corpus_is_read_as_it_was_written(tmp_path: Path) -> None:
    _, corpus = build()
    corpus.save(tmp_path / "corpus.npz")
    read = Corpus.load(tmp_path / "corpus.npz")
    np.testing.assert_array_equal(read.tokens, corpus.tokens)
    np.testing.assert_array_equal(read.pages, corpus.pages)
    assert read.aligned.keys() == {"segments"}
    np.testing.assert_array_equal(read.pairs["words"], corpus.pairs["words"])


def test_nothing_gives_an_empty_corpus() -> None:
    corpus = CorpusBuilder().build(word_tokenizer())
    assert len(corpus.tokens) == 0
    assert corpus.pages.shape == (0, len(LANGUAGES), PARTS)
