"""Replies held against the shipped packs."""

from __future__ import annotations

import pytest

from engine.domain.check import Severity
from engine.guard.rules.packs import pack_names, shipped_pack
from engine.guard.rules.ruleset import RuleSet


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet({name: shipped_pack(name) for name in pack_names()})


def found(rules: RuleSet, text: str) -> set[tuple[str, str]]:
    return {(finding.id, finding.span.of(text)) for finding in rules.findings(text, "en")}


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("我們絕對沒問題", "general/guarantee", "絕對"),
        ("It is guaranteed to arrive.", "general/guarantee", "guaranteed"),
        ("必ず返金いたします。", "general/guarantee", "必ず"),
        ("全网最低价", "general/superlative", "全网最低"),
        ("We have the lowest prices.", "general/superlative", "the lowest prices"),
        ("加我薇❤信", "general/off-platform-contact", "加我薇❤信"),
        ("您转账到我的银行卡", "general/off-platform-payment", "转账到我的银行卡"),
        ("Please pay to my PayPal.", "general/off-platform-payment", "pay to my PayPal"),
        ("請把驗證碼發給我", "general/secrets", "把驗證碼發給我"),
        ("Please send me your password", "general/secrets", "send me your password"),
        ("这是您自己的问题", "general/blame", "是您自己"),
        ("Dear {{name}}, hello", "general/unfinished", "{{name}}"),
        ("As an AI language model I cannot", "general/unfinished", "As an AI language model"),
        ("给五星好评返现5元", "e-commerce/review-for-reward", "五星好评返现"),
        ("一经售出概不退换", "e-commerce/denied-right", "一经售出概不退"),
        ("本产品保本", "finance/return-promise", "保本"),
        ("guaranteed returns of 8%", "finance/return-promise", "guaranteed returns"),
        ("This tea cures cancer.", "health/cure", "cures cancer"),
        ("没有副作用", "health/cure", "没有副作用"),
        ("sh1t", "general/abuse", "sh1t"),
    ],
)
def test_what_breaks_a_rule(rules: RuleSet, text: str, rule: str, said: str) -> None:
    assert (rule, said) in found(rules, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "您好，已经为您登记退货，请留意短信。",
        "We cannot guarantee delivery on a certain day.",
        "我们无法保证具体送达日期。",
        "必ず上の手順でお申し込みください。",
        "请充电到100%再使用。",
        "我们不会向您索要密码或验证码。",
        "Never share your password with anyone.",
        "请勿私下转账。",
        "当店がパスワードをお尋ねすることはありません。",
        "Keep the guarantee card and the receipt.",
        "您最好先联系客服。",
    ],
)
def test_what_is_fine(rules: RuleSet, text: str) -> None:
    assert found(rules, text) == set()


@pytest.mark.parametrize(
    ("language", "remedy"),
    [
        ("en", "Never ask"),
        ("zh-CN", "不得向客户"),
        ("zh-TW", "不得向客戶"),
        ("ja", "パスワード"),
        ("de", "Never ask"),
        ("", "Never"),
    ],
)
def test_the_remedy_is_in_the_language_of_the_agent(rules: RuleSet, language: str, remedy: str) -> None:
    (finding,) = rules.findings("Please send me your password", language)
    assert finding.remedy.startswith(remedy)
    assert finding.severity is Severity.BLOCK
