"""ROUGE and quadratic kappa on cases small enough to check by hand, in several scripts."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from evals.metrics import quadratic_kappa, rouge_l, rouge_n, token_f1


def test_rouge_1_is_token_f1() -> None:
    for answer, gold in (("the cat sat", "the cat"), ("保修两年", "两年"), ("", "x")):
        assert rouge_n(answer, [gold], n=1) == pytest.approx(token_f1(answer, [gold]))


def test_rouge_2_counts_pairs() -> None:
    assert rouge_n("the cat sat down", ["the cat lay down"], n=2) == pytest.approx(2 * 1 / (3 + 3))


def test_rouge_2_of_single_tokens_is_zero() -> None:
    assert rouge_n("cat", ["cat"], n=2) == 0.0


def test_chinese_is_compared_by_characters() -> None:
    assert rouge_n("保修两年", ["保修三年"], n=2) == pytest.approx(2 * 1 / (3 + 3))
    assert rouge_l("保修两年", ["保修三年"]) == pytest.approx(3 / 4)


def test_traditional_and_simplified_agree() -> None:
    assert rouge_l("電池過熱", ["电池过热"]) == 1.0


def test_rouge_l_keeps_the_order() -> None:
    assert rouge_l("a b c d", ["a c b d"]) == pytest.approx(3 / 4)
    assert rouge_l("d c b a", ["a b c d"]) == pytest.approx(1 / 4)


def test_the_best_gold_counts() -> None:
    assert rouge_l("two years", ["three days", "two years"]) == 1.0
    assert rouge_l("two years", []) == 0.0


def test_kappa_by_hand() -> None:
    assert quadratic_kappa([1, 2, 3], [1, 2, 3]) == 1.0
    assert quadratic_kappa([1, 3], [3, 1]) == pytest.approx(1 - 4 / 2)


def test_kappa_of_one_constant_rater_is_zero() -> None:
    assert quadratic_kappa([1, 2, 3, 2], [2, 2, 2, 2]) == pytest.approx(0.0)


def test_kappa_of_two_constant_equal_raters_is_one() -> None:
    assert quadratic_kappa([4, 4], [4, 4]) == 1.0


@pytest.mark.parametrize(("one", "other"), [([], []), ([1], [1, 2])])
def test_kappa_needs_pairs(one: list[int], other: list[int]) -> None:
    with pytest.raises(InvalidInput, match="two ratings"):
        quadratic_kappa(one, other)
