from __future__ import annotations

import numpy as np
import pytest

from engine.embedding.static import StaticEmbedder
from engine.insights.clustering_text import TellingEncoder, matter

PRODUCTS = [
    f"{what} the Drift R3?" for what in ("How loud is", "Where is", "Who made", "What colour is", "Is it safe,")
]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Hello! Where is my parcel? Thank you.", "Where is my parcel?"),
        ("您好。请问发票怎么开？谢谢！", "请问发票怎么开？"),
        ("Where is my parcel?", "Where is my parcel?"),
        ("Thanks!", "Thanks!"),
        ("", ""),
        ("My number is [phone 1]. The lid leaks.", "My number is. The lid leaks."),
    ],
)
def test_greetings_and_thanks_are_left_out(said: str, kept: str) -> None:
    assert matter(said) == kept


def test_words_that_all_questions_have_count_less() -> None:
    bundled = StaticEmbedder()
    plain = bundled.embed_passages(["engrave the Drift R3", "repair the Drift R3"])
    telling = TellingEncoder(bundled, PRODUCTS).points(["engrave the Drift R3", "repair the Drift R3"]).first
    assert telling[0] @ telling[1] < plain[0] @ plain[1]


def test_points_are_of_unit_length_without_a_second_part() -> None:
    found = TellingEncoder(StaticEmbedder(), PRODUCTS).points([*PRODUCTS, "", "礼品卡余额"])
    assert np.allclose(np.linalg.norm(found.first, axis=1), 1, atol=1e-5)
    assert found.second.shape == (7, 1)
    assert not found.second.any()


def test_without_a_corpus_or_texts_nothing_breaks() -> None:
    assert len(TellingEncoder(StaticEmbedder(), []).points([])) == 0
    assert len(TellingEncoder(StaticEmbedder(), []).points(["kettle"])) == 1


def test_portions_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = TellingEncoder(StaticEmbedder(), PRODUCTS)
    whole = encoder.points(PRODUCTS).first
    monkeypatch.setattr("engine.insights.clustering_text._PORTION", 2)
    assert np.allclose(whole, encoder.points(PRODUCTS).first, atol=1e-6)
