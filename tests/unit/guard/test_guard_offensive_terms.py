"""The terms of the model of abuse: numbered, weighed to unit length, blind to script, width, case and spacing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.guard.offensive import BITS, offensiveness, term_weights

TEXTS = ("你好", "滚开，混蛋！", "谢谢您的耐心等待。", "aaaa", "退货退货退货", "🙂", "a\ud800b")


def weights(text: str) -> dict[int, float]:
    terms, shares = term_weights(text)
    return dict(zip(terms.tolist(), shares.tolist(), strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_terms_are_numbers_each_once_and_of_unit_length(text: str) -> None:
    terms, shares = term_weights(text)
    assert len(set(terms.tolist())) == len(terms) == len(shares)
    assert ((terms >= 0) & (terms < 1 << BITS)).all()
    assert float(np.linalg.norm(shares)) == pytest.approx(1.0)
    assert (shares > 0).all()


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b"])
def test_nothing_has_no_terms_and_is_no_abuse(text: str) -> None:
    terms, shares = term_weights(text)
    assert (len(terms), len(shares), offensiveness(text)) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("退貨", "退货"),
        ("ＡＢ", "ab"),
        ("你  好", "你 好"),
        ("\n你好 ", "你好"),
        ("你\u200b好", "你好"),
        ("ABC", "abc"),
    ],
)
def test_spellings_of_one_text_have_the_same_terms(one: str, other: str) -> None:
    assert weights(one) == weights(other)
    assert offensiveness(one) == offensiveness(other)


def test_a_term_said_more_often_weighs_more_but_less_each_time() -> None:
    (single,) = set(weights("哈")) & set(weights("甲哈乙"))
    seen = [weights("好的谢谢" + "哈" * count)[single] for count in (1, 3, 9, 27)]
    assert seen == sorted(seen)
    assert len(set(seen)) == 4


def test_order_counts_by_pairs() -> None:
    assert weights("你好") != weights("好你")
    assert set(weights("你好")) & set(weights("好你"))


@pytest.mark.parametrize("text", TEXTS)
def test_a_score_is_a_share_and_the_same_each_time(text: str) -> None:
    score = offensiveness(text)
    assert 0 < score < 1
    assert score == offensiveness(text)
    assert not math.isnan(score)


@pytest.mark.parametrize(
    ("rude", "kind"), [("真是垃圾", "真是周到"), ("滚出去", "请进来"), ("恶心的东西", "好看的东西")]
)
def test_abuse_scores_higher_than_the_same_said_kindly(rude: str, kind: str) -> None:
    assert offensiveness(rude) > offensiveness(kind)
