"""What is promised, by when and how much, in each language; negations, conditions, and what is no promise."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.domain.check import PromiseMatter
from engine.guard.promises.extraction import promises

Said = tuple[str, str, list[str], list[str]]  # text of the promise, matter, by when, how much


def said(text: str) -> list[Said]:
    found = promises(text)
    assert all(each.text == each.span.of(text) for each in found)
    return [
        (each.text, each.matter.value, [q.value for q in each.times], [q.value for q in each.amounts]) for each in found
    ]


@pytest.mark.parametrize(
    ("text", "matter", "due", "amounts"),
    [
        ("We refund you within 5 working days after the goods reach us.", "refund", ["5 working day"], []),
        ("We refund 20 % of the price.", "refund", [], ["20 %"]),
        ("You get a voucher of 10 euros.", "compensation", [], ["10 EUR"]),
        ("The warranty runs for 2 years.", "warranty", ["24 month"], []),
        ("We will not charge you for the repair.", "repair", [], []),
        ("We'll call you back tomorrow.", "contact", [], []),
        ("You can cancel your order until Friday.", "change", [], []),
        ("Your parcel will arrive by 14:00 on 3 March 2027.", "delivery", ["14:00", "2027-03-03"], []),
        ("退款会在3个工作日内到账。", "refund", ["3 working day"], []),
        ("我们会赔偿您50元。", "compensation", [], ["50 CNY"]),
        ("维修需要7到10天，费用200元以内。", "repair", ["864000 s"], ["200 CNY"]),
        ("换货的来回运费由我们承担。", "replacement", [], []),
        ("您的包裹明天送达。", "delivery", [], []),
        ("退款將於3個工作天內退回原帳戶。", "refund", ["3 working day"], []),
        ("整機保固一年。", "warranty", ["12 month"], []),
        ("我們會在24小時內回覆您。", "contact", ["86400 s"], []),
        ("返金は5営業日以内にいたします。", "refund", ["5 working day"], []),
        ("保証期間は2年間です。", "warranty", ["24 month"], []),
        ("500円のクーポンを差し上げます。", "compensation", [], ["500 JPY"]),
        ("明日お届けいたします。", "delivery", [], []),
        ("交換品は3日後にお届けし、送料は無料です。", "replacement", ["259200 s"], []),
    ],
)
def test_what_by_when_and_how_much(text: str, matter: str, due: list[str], amounts: list[str]) -> None:
    assert said(text) == [(text, matter, due, amounts)]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("You cannot return opened filters.", "return"),
        ("You can't return opened filters.", "return"),
        ("拆封后不能退货。", "return"),
        ("拆封後不能退貨。", "return"),
        ("开票后不能修改抬头。", "change"),
        ("開封後の返品はできません。", "return"),
    ],
)
def test_a_denial_binds_as_well(text: str, matter: str) -> None:
    assert said(text) == [(text, matter, [], [])]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("If the kettle is faulty, we replace it free of charge.", "we replace it free of charge."),
        ("Unless the seal is broken, you may return it within 14 days.", "you may return it within 14 days."),
        ("如果未拆封，30天内可以退货。", "如果未拆封，30天内可以退货。"),
        ("若未拆封，30天內可以退貨。", "若未拆封，30天內可以退貨。"),
        ("未開封の場合は、30日以内に返品できます。", "未開封の場合は、30日以内に返品できます。"),
        ("退货后，3天内退款到账。", "退货后，3天内退款到账。"),
    ],
)
def test_a_condition_stays_where_it_names_a_matter_or_a_case_of_goods(text: str, kept: str) -> None:
    found = [promise for promise, *_ in said(text)]
    assert len(found) == 1
    assert found[0] in {kept, kept.partition("，")[2], kept.partition("、")[2]}
    assert text.endswith(found[0])


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("You get a voucher of 10 euros and we refund the postage within 3 days.", ["compensation", "refund"]),
        ("We repair it within 7 days. The warranty runs for 2 years.", ["repair", "warranty"]),
        ("30天内可以退货；保修期是2年。", ["return", "warranty"]),
        ("返金は5営業日以内です。保証期間は2年間です。", ["refund", "warranty"]),
        ("退款3天内到账。\n整机保修2年。\n明天送达。", ["refund", "warranty", "delivery"]),
    ],
)
def test_several_promises_come_in_order(text: str, matters: list[str]) -> None:
    found = promises(text)
    assert [each.matter for each in found] == [PromiseMatter(matter) for matter in matters]
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry that the parcel was late.",
        "Have you received the refund?",
        "When do we refund you?",
        "Please return the kettle.",
        "Our technicians are friendly.",
        "The refund was made within 2 days.",
        "It is 20 degrees, 14:00, and all is well.",
        "请问您要退款还是换货？",
        "退款到账了吗",
        "请在30天内寄回。",
        "您的退款昨天已经到账。",
        "感谢您的耐心等待。",
        "請問您要退款還是換貨？",
        "麻煩您在7天內寄回",
        "返金をご希望ですか？",
        "30日以内に返送してください。",
        "お荷物は昨日発送いたしました。",
        "ご返品ありがとうございます。",
    ],
)
def test_questions_requests_reports_and_small_talk_are_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Dear Ms Li, ", ""),
        ("您好！", "祝您生活愉快。"),
        ("㈱ﬁ①。", "\u200b"),
        ("😀\n", "\nSee you!"),
        ("é\u0301. ", ""),
    ],
)
@pytest.mark.parametrize("promise", ["We refund you within 5 days.", "退款会在3个工作日内到账。"])
def test_a_promise_is_found_at_its_place_amid_others_words(before: str, promise: str, after: str) -> None:
    text = f"{before}{promise}{after}"
    (found,) = promises(text)
    assert promise in found.text.strip("\u200b")
    assert len(found.times) == 1
    assert found.times[0].span.of(text) in promise


def test_the_quantities_of_each_promise_are_its_own() -> None:
    text = "We refund 20 euros within 5 days. The warranty runs for 2 years. 保修3年。"
    assert [(due, amounts) for _, _, due, amounts in said(text)] == [
        (["432000 s"], ["20 EUR"]),
        (["24 month"], []),
        (["36 month"], []),
    ]


def test_a_long_reply_is_read_to_its_end() -> None:
    text = "谢谢您的来信。Hello again. " * 200 + "退款会在3个工作日内到账。"
    assert [(promise, due) for promise, _, due, _ in said(text)] == [("退款会在3个工作日内到账。", ["3 working day"])]
