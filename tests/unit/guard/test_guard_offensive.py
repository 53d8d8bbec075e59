"""The model of abusive Chinese."""

from __future__ import annotations

import numpy as np
import pytest

from engine.guard.offensive import BITS, MODEL, offensiveness, term_weights


@pytest.mark.parametrize(
    "text", ["你们这种人就是没素质，滚远点", "黑人都是垃圾", "女司机就是不行", "你們這種人就是沒素質，滾遠點"]
)
def test_abuse(text: str) -> None:
    assert offensiveness(text) > 0.5


@pytest.mark.parametrize(
    "text", ["", "   ", "您好，已经为您办理退款。", "好的，谢谢", "請問訂單編號是多少呢？", "Hello"]
)
def test_no_abuse(text: str) -> None:
    assert offensiveness(text) < 0.5


def test_both_scripts_and_spaces_are_one() -> None:
    assert offensiveness("黑人都是垃圾") == offensiveness(" 黑人都是垃圾\n")
    assert offensiveness("滾開") == offensiveness("滚开")


def test_terms_are_single_characters_and_pairs_scaled_to_one() -> None:
    terms, weights = term_weights("垃圾")
    assert len(terms) == 2 + 3
    assert np.linalg.norm(weights) == pytest.approx(1.0)
    assert 0 <= terms.min() <= terms.max() < 1 << BITS


@pytest.mark.parametrize("text", ["\x00", "\ud800", "😀" * 5000])
def test_any_text_has_a_score(text: str) -> None:
    assert 0 <= offensiveness(text) <= 1


def test_the_model_is_small_numbers_alone() -> None:
    assert MODEL.stat().st_size < 20_000
    with np.load(MODEL, allow_pickle=False) as kept:
        assert {name: kept[name].dtype.kind for name in kept} == {"weights": "i", "scale": "f", "intercept": "f"}
