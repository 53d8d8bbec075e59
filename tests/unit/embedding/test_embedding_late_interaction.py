"""Late interaction over the bundled static model."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from engine.embedding import late_interaction
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder

MODEL = StaticEmbedder()
QUESTION = "How long is the warranty of the kettle?"
ANSWERS = {
    "en": "The kettle has a warranty of two years.",
    "de": "Die Garantie für den Wasserkocher beträgt zwei Jahre.",
    "es": "La garantía del hervidor es de dos años.",
    "zh-Hans": "电热水壶的保修期为两年。",
    "zh-Hant": "電熱水壺的保固期為兩年。",
    "ja": "電気ケトルの保証期間は2年です。",
}
OTHERS = [
    "Members collect points with each order.",
    "付款后开具发票。",
    "送料は無料です。",
    "Das Konto wurde gesperrt.",
]


@pytest.mark.parametrize("language", sorted(ANSWERS))
def test_a_word_finds_its_translation(language: str) -> None:
    scores = LateInteraction(MODEL).relevance(QUESTION, [*OTHERS, ANSWERS[language]])
    assert int(np.argmax(scores)) == len(OTHERS)


def test_the_very_words_score_one() -> None:
    same, other = LateInteraction(MODEL).relevance(QUESTION, [QUESTION, OTHERS[0]])
    assert same == pytest.approx(1.0, abs=1e-4)
    assert other < 0.8


def test_length_alone_earns_little() -> None:
    answer = ANSWERS["en"]
    short, long = LateInteraction(MODEL).relevance(QUESTION, [answer, " ".join([*OTHERS, answer])])
    assert long >= short
    assert long - short < 0.1


def test_a_rare_word_counts_more_than_one_that_all_texts_have() -> None:
    texts = ["the robot beeps", "the robot stops", "the robot turns", "a kettle stops"]
    common, rare = (LateInteraction(MODEL).relevance("robot beeps", texts)[index] for index in (1, 0))
    assert rare > common


def test_texts_without_tokens_score_nothing() -> None:
    assert LateInteraction(MODEL).relevance(QUESTION, ["", ANSWERS["en"]])[0] == 0
    assert LateInteraction(MODEL).relevance("", [ANSWERS["en"]]).tolist() == [0]


def test_tokens_are_kept_and_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_interaction, "KEPT", 2)
    counting = _Counting()
    reranker = LateInteraction(counting)
    reranker.relevance("kettle", ["one", "two"])
    reranker.relevance("kettle", ["two", "three"])
    reranker.relevance("kettle", ["two", "three"])
    reranker.relevance("kettle", ["one"])
    assert counting.texts == ["one", "two", "three", "one"]


def test_a_text_that_is_there_twice_is_read_once() -> None:
    counting = _Counting()
    first, second = LateInteraction(counting).relevance("kettle", ["a kettle", "a kettle"])
    assert first == second
    assert counting.texts == ["a kettle"]


def test_threads_do_not_disturb_each_other() -> None:
    reranker = LateInteraction(MODEL)
    wanted = {name: reranker.relevance(QUESTION, [text, *OTHERS]).tolist() for name, text in ANSWERS.items()}
    found: dict[str, list[float]] = {}

    def ask(name: str) -> None:
        for _ in range(20):
            found[name] = reranker.relevance(QUESTION, [ANSWERS[name], *OTHERS]).tolist()

    threads = [threading.Thread(target=ask, args=(name,)) for name in ANSWERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == wanted


class _Counting(StaticEmbedder):
    """Keeps the texts that it reads, queries left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        self.texts += [text for text in texts if text != "kettle"]
        return super().tokenize(texts)
