"""Cases, additions, rates, needs and exceptions: what keeps rules for something else from denying a promise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.domain.check import PromiseStanding
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.guard.promises.amounts import Measure, adds, compared, measured
from engine.guard.promises.cases import cases
from engine.guard.promises.comparing import compare
from engine.guard.promises.cues import is_case, is_goodwill
from engine.guard.promises.extraction import promises
from engine.guard.promises.nearness import grounds
from engine.guard.promises.sides import sides
from engine.languages.folding import fold


def near(_: str, texts: Sequence[str]) -> list[float]:
    return [1.0 for _ in texts]


def standing(reply: str, policy: str, language: str = "en") -> PromiseStanding:
    passage = Passage(
        "c", "d", 3, "Policy", "p.md", DocumentKind.POLICY, language, (), None, Span(0, len(policy)), policy, 1.0
    )
    promise = promises(reply)[-1]
    return compare(promise, grounds([passage]), language, near).standing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Pre-orders are charged on dispatch.", {"pre-order"}),
        ("预售商品发货时扣款", {"pre-order"}),
        ("予約商品は発送時に請求します", {"pre-order"}),
        ("商品有瑕疵", {"faulty"}),
        ("If the item was faulty", {"faulty"}),
        ("初期不良の場合", {"faulty"}),
        ("收禮人退貨", {"gift"}),
        ("a gift card", set()),
        ("超商付款以匯款退還", {"shop payment", "transfer"}),
        ("登録すると", {"registration"}),
        ("within 5 business days", set()),
        ("", set()),
    ],
)
def test_cases_are_named_in_every_language(text: str, named: set[str]) -> None:
    assert cases(fold(text)) == named


@pytest.mark.parametrize(
    ("reply", "policy", "language", "denied"),
    [
        ("You pay the postage for the return.", "If the item was faulty, we pay the postage.", "en", False),
        ("退货运费由您承担", "商品有瑕疵的，退货运费由我们承担。", "zh-Hans", False),
        ("退货运费由您承担", "退货运费由我们承担。", "zh-Hans", True),
    ],
)
def test_a_rule_for_faulty_goods_denies_nothing_of_others(reply: str, policy: str, language: str, denied: bool) -> None:
    assert (standing(reply, policy, language) is PromiseStanding.CONTRADICTED) is denied


@pytest.mark.parametrize(
    ("reply", "policy", "language", "expected"),
    [
        ("The brushes have a warranty of 6 months.", "We add two years of warranty.", "en", "unsupported"),
        ("We add two years of warranty.", "The warranty is 1 year.", "en", "unsupported"),
        ("We add two years of warranty.", "We add one year of warranty.", "en", "contradicted"),
        ("再送您两年保修", "整机保修一年。", "zh-Hans", "unsupported"),
        ("保固只有一年", "登錄多送一年。整機保固兩年。", "zh-Hant", "contradicted"),
    ],
)
def test_what_is_added_to_a_period_is_no_period(reply: str, policy: str, language: str, expected: str) -> None:
    assert standing(reply, policy, language) is PromiseStanding(expected)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("one extra year", True),
        ("免费多送一年", True),
        ("再送您兩年", True),
        ("保証が1年延びます", True),
        ("we add it to your parcel", False),
        ("two years", False),
    ],
)
def test_words_for_what_is_added(text: str, yes: bool) -> None:
    assert adds(fold(text)) is yes


@pytest.mark.parametrize(
    ("said", "known", "agrees"),
    [
        ("300 points are worth 15 euros", "100 points are worth EUR 5", True),
        ("300 points are worth 30 euros", "100 points are worth EUR 5", False),
        ("200积分抵80元", "100积分抵40元", True),
        ("200积分抵100元", "100积分抵40元", False),
        ("500ポイントで4,000円", "100ポイントで800円", True),
    ],
)
def test_so_much_for_so_many_is_compared_as_a_rate(said: str, known: str, agrees: bool) -> None:
    assert all(compared(measured(said), measured(known)).values()) is agrees


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("可分 3、6 或 12 期", {"3 instalment", "6 instalment", "12 instalment"}),
        ("in 3, 6 or 12 instalments", {"3 instalment", "6 instalment", "12 instalment"}),
        ("抬头可以改三次", {"3 time"}),
        ("限申請一次", {"1 time"}),
        ("4回まで変更できます", {"4 time"}),
        ("这次下单", set()),
        ("下次再说", set()),
    ],
)
def test_lists_and_times_are_counted(text: str, counts: set[str]) -> None:
    assert {value for each in measured(text).get(Measure.COUNT, ()) for value in each.values} == counts


@pytest.mark.parametrize(("text", "days"), [("half a year", "180"), ("half an hour", "0.0208333")])
def test_halves_are_lengths_of_time(text: str, days: str) -> None:
    assert [set(each.values) for each in measured(text)[Measure.TIME]] == [{days}]


@pytest.mark.parametrize(
    ("text", "name", "yes"),
    [
        ("只有提供发票才能更换", "needed", True),
        ("不需要發票", "needed", False),
        ("The box is not required.", "needed", False),
        ("領収書が必要です", "needed", True),
        ("元の箱がなくても交換します", "needed", False),
        ("We replace it at no cost to you.", "free", True),
        ("不用您出运费", "free", True),
        ("退貨的快遞費由我們出", "free", True),
        ("押金是2,000元", "free", False),
        ("返送料は500円を頂戴しております", "free", False),
        ("the postage is at your own expense", "free", False),
        ("款项不会退给送礼人", "allowed", False),
    ],
)
def test_who_pays_and_what_is_needed(text: str, name: str, yes: bool) -> None:
    assert sides(fold(text)).get(name) is yes


@pytest.mark.parametrize(
    "reply",
    [
        "As a one-off we refund you within 60 days.",
        "为表歉意，我们会在60天内退款。",
        "お詫びとして60日以内に返金いたします。",
    ],
)
def test_no_rule_denies_goodwill(reply: str) -> None:
    assert is_goodwill(fold(reply))
    policy = "We refund within 5 days. 我们会在5天内退款。5日以内に返金いたします。"
    assert standing(reply, policy) is PromiseStanding.UNSUPPORTED


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("您购物车里现在是186元", True),
        ("今天才第十天", True),
        ("您這筆是1,680元", True),
        ("ご注文の合計が6,200円ですので", True),
        ("your basket comes to EUR 30", True),
        ("满199元就包邮", False),
        ("5,500円以上で送料無料です", False),
    ],
)
def test_the_customers_own_case_is_told_from_terms(text: str, yes: bool) -> None:
    assert is_case(fold(text)) is yes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("满199元就包邮，您购物车里现在是186元。", ["满199元就包邮"]),
        (
            "退货的快递费由我们出，退款会在15个工作日内原路退回。",
            ["退货的快递费由我们出", "退款会在15个工作日内原路退回。"],
        ),
        ("積分不能提現，預購的商品也可以取消。", ["積分不能提現", "預購的商品也可以取消。"]),
        ("ご注文の合計が6,200円ですので、送料はかかりません。", ["送料はかかりません。"]),
        ("5,500円以上で送料無料となりますので、もう1点いかがでしょうか。", ["5,500円以上で送料無料となりますので"]),
        ("There are no duties for you to pay at the door.", ["There are no duties for you to pay at the door."]),
        ("您拆开用过的咖啡机只能在3天内退呢。", ["您拆开用过的咖啡机只能在3天内退呢。"]),
    ],
)
def test_promises_are_told_apart_within_a_sentence(text: str, said: list[str]) -> None:
    assert [each.text for each in promises(text)] == said


def test_what_a_sentence_says_before_a_promise_is_kept_beside_it() -> None:
    assert [each.before for each in promises("您好，退款会在5天内到账，运费25元。")] == [
        "您好，",
        "您好，退款会在5天内到账，",
    ]


def test_a_place_that_is_excluded_has_no_part() -> None:
    policy = "台灣的訂單滿1,500元免運費，免運門檻不適用於港澳。"
    assert standing("寄到澳門的訂單滿1,500元免運費", policy, "zh-Hant") is PromiseStanding.CONTRADICTED
    assert standing("台灣的訂單滿1,500元免運費", policy, "zh-Hant") is PromiseStanding.FINE
