"""Discounts as Chinese writes them: what is left to pay in tenths, in digits and in words."""

from __future__ import annotations

import pytest

from engine.domain.check import PromiseMatter
from engine.guard.promises.amounts import Measure, compared, measured
from engine.guard.promises.extraction import promises


def off(text: str) -> list[str]:
    return [value for each in measured(text).get(Measure.SHARE, ()) for value in each.values]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("9折", "10 %"),
        ("85折", "15 %"),
        ("8.5折", "15 %"),
        ("8.5 折优惠", "15 %"),
        ("８.５折", "15 %"),
        ("八折", "20 %"),
        ("八五折", "15 %"),
        ("九〇折", "10 %"),
        ("打七折", "30 %"),
        ("全場75折", "25 %"),
        ("會員九五折", "5 %"),
    ],
)
def test_what_is_left_to_pay_is_told_in_tenths(text: str, share: str) -> None:
    assert off(text) == [share]


@pytest.mark.parametrize(
    "text", ["三折叠手机", "三摺疊手機", "3折叠屏", "三折页说明书", "骨折", "打折", "100折", "十折", "0折", "折扣"]
)
def test_what_is_folded_is_not_cheaper(text: str) -> None:
    assert off(text) == []


@pytest.mark.parametrize(
    ("said", "policy", "agrees"),
    [
        ("给您打八五折", "会员享85折", True),
        ("给您打8.5折", "会员享85折", True),
        ("给您打8.5折", "会员享5折", False),
        ("给您打八折", "会员享9折", False),
        ("給您打九折", "会员立减10%", True),
        ("We give you 15% off", "会员享八五折", True),
    ],
)
def test_discounts_agree_however_they_are_written(said: str, policy: str, agrees: bool) -> None:
    assert compared(measured(said), measured(policy, worded=False)) == {Measure.SHARE: agrees}


@pytest.mark.parametrize(
    "text", ["这款可以给您打八折。", "這款可以給您打八五折。", "这款给您8.5 折。", "这款给您9折。"]
)
def test_a_discount_is_a_promise(text: str) -> None:
    (found,) = promises(text)
    assert found.matter is PromiseMatter.COST
    assert "折" in found.text


@pytest.mark.parametrize("text", ["这款三折叠手机很轻。", "请看三折页的说明。"])
def test_what_is_folded_is_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_several_discounts_of_one_sentence_are_all_read() -> None:
    assert off("银卡九折，金卡85折，铂金卡8.0折") == ["10 %", "15 %", "20 %"]
