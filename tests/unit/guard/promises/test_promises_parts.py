"""Sides, rows of tables, queries and amounts: what the comparison of promises is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answering.coverage import term_set
from engine.domain.check import PromiseMatter
from engine.guard.promises.amounts import Measure, compared, measured
from engine.guard.promises.queries import query_for
from engine.guard.promises.rows import part_about
from engine.guard.promises.sides import other_case, sides
from engine.languages.folding import fold


@pytest.mark.parametrize(
    ("text", "name", "yes"),
    [
        ("Return postage is free.", "free", True),
        ("There is no charge.", "free", True),
        ("We pay the postage.", "free", True),
        ("The label is not free.", "free", False),
        ("It is sent at your own expense.", "free", False),
        ("You will have to pay the postage.", "free", False),
        ("全场包邮", "free", True),
        ("運費由我們負擔", "free", True),
        ("运费由卖家承担", "free", True),
        ("运费由您承担", "free", False),
        ("运费自付", "free", False),
        ("送料無料", "free", True),
        ("送料はお客様のご負担となります", "free", False),
        ("有料です", "free", False),
        ("goods that were opened", "opened", True),
        ("unopened goods", "opened", False),
        ("開封済み", "opened", True),
        ("未開封の商品", "opened", False),
        ("没拆封的", "opened", False),
        ("We send a new one at once.", "first", True),
        ("先给您发新的", "first", True),
        ("需要先寄回检测", "first", False),
        ("It can be returned.", "allowed", True),
        ("It cannot be returned.", "allowed", False),
        ("支持七天无理由", "allowed", True),
        ("不支持退换", "allowed", False),
        ("返品できます", "allowed", True),
        ("返品は承っておりません", "allowed", False),
        ("A minimum term applies.", "binding", True),
        ("There is no minimum term.", "binding", False),
        ("需要绑约", "binding", True),
        ("无绑约", "binding", False),
    ],
)
def test_a_side_in_every_language(text: str, name: str, yes: bool) -> None:
    assert sides(fold(text)).get(name) is yes


@pytest.mark.parametrize("text", ["", "Thanks.", "谢谢", "ありがとうございます", "Free, but you pay the postage."])
def test_no_side_or_both_is_none(text: str) -> None:
    assert "free" not in sides(fold(text))


@pytest.mark.parametrize(
    "text", ["退货仅限于未拆封的商品", "returns only if the seal is unopened", "未開封のみ返品できます"]
)
def test_only_unopened_is_a_side(text: str) -> None:
    assert sides(fold(text))["opened"] is False
    assert not other_case({"opened": True}, sides(fold(text)), fold(text))


TABLE = "Standard: EUR 4.90; Express: EUR 9.90; Pick-up: free"


@pytest.mark.parametrize(
    ("row", "asked", "language", "part"),
    [
        (TABLE, "express delivery", "en", "Express: EUR 9.90"),
        (TABLE, "standard or express", "en", "Standard: EUR 4.90; Express: EUR 9.90"),
        (TABLE, "how long does it take", "en", TABLE),
        ("Standard: EUR 4.90", "express", "en", "Standard: EUR 4.90"),
        ("Standard: EUR 4.90; and so on", "standard", "en", "Standard: EUR 4.90; and so on"),
        ("保修期：2年；退货期：30天", "退货期限", "zh-Hans", "退货期：30天"),
        ("保証期間：2年；返品期間：30日", "返品の期間", "ja", None),
        ("", "x", "en", ""),
    ],
)
def test_the_cells_of_a_row_by_their_headers(row: str, asked: str, language: str, part: str | None) -> None:
    found = part_about(row, term_set(asked, language), language)
    assert found == part if part is not None else "返品期間：30日" in found


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ja"])
def test_each_matter_has_a_query_of_its_own(language: str) -> None:
    queries = [query_for(matter, language) for matter in PromiseMatter]
    assert all(queries)
    assert len(set(queries)) == len(PromiseMatter)


@pytest.mark.parametrize(
    ("language", "same"), [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("ja-JP", "ja"), ("en-GB", "en"), ("fr", "en")]
)
def test_queries_go_by_the_language_not_the_region(language: str, same: str) -> None:
    assert query_for(PromiseMatter.REFUND, language) == query_for(PromiseMatter.REFUND, same)


def test_traditional_queries_are_in_traditional_characters() -> None:
    assert query_for(PromiseMatter.REPAIR, "zh-Hant") == "維修時間和維修費"


@pytest.mark.parametrize(
    ("text", "measure", "values"),
    [
        ("享9折", Measure.SHARE, [{"10 %"}]),
        ("88折", Measure.SHARE, [{"12 %"}]),
        ("9折或85折", Measure.SHARE, [{"10 %"}, {"15 %"}]),
        ("下个工作日", Measure.TIME, [{"1.4"}]),
        ("the next business day", Measure.TIME, [{"1.4"}]),
        ("同日即ち即日", Measure.TIME, [{"0"}]),
        ("いつでも", Measure.TIME, [{"inf"}]),
        ("it never expires", Measure.TIME, [{"inf"}]),
        ("an hour", Measure.TIME, [{"0.0416667"}]),
        ("2 weeks", Measure.TIME, [{"14"}]),
        ("2027年3月3日", Measure.DAY, [{"2027-03-03"}]),
    ],
)
def test_terms_in_comparable_form(text: str, measure: Measure, values: list[set[str]]) -> None:
    assert [set(each.values) for each in measured(text)[measure]] == values


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("100 days", "105 days", True),
        ("100 days", "106 days", False),
        ("24 hours", "1 day", True),
        ("2 years", "24 months", True),
        ("永久有效", "it never expires", True),
        ("永久有效", "24个月", False),
        ("9折", "10 % off", True),
        ("9折", "90 % off", False),
    ],
)
def test_terms_agree_across_languages_and_units(one: str, other: str, same: bool) -> None:
    assert list(compared(measured(one), measured(other)).values()) == [same]
    assert list(compared(measured(other), measured(one)).values()) == [same]


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_lengths_of_time_agree_within_a_twentieth(one: int, other: int) -> None:
    same = compared(measured(f"{one} days"), measured(f"{other} days")) == {Measure.TIME: True}
    assert same == (abs(one - other) <= 0.05 * max(one, other))


@given(st.integers(1, 99_999), st.sampled_from(["EUR", "USD", "JPY", "CNY"]), st.sampled_from(["EUR", "USD"]))
def test_money_of_another_currency_says_nothing(amount: int, one: str, other: str) -> None:
    found = compared(measured(f"{one} {amount}"), measured(f"{other} {amount}"))
    assert found == ({Measure.MONEY: True} if one == other else {})
