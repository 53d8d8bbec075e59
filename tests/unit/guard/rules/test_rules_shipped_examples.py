"""Each shipped rule, in each language of the desk: one example that breaks it and one that is near but fine."""

from __future__ import annotations

import pytest

from engine.domain.check import CheckRule, Severity
from engine.guard.rules.packs import pack_names, shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.languages.folding import converted

# (rule, language): what breaks the rule, and what of it the finding names; then what is fine.
EXAMPLES = {
    ("general/abuse", "zh"): ("您这个傻瓜别再问了", "傻瓜", "傻傻分不清楚的话请看图"),
    ("general/abuse", "en"): ("What an idiot question.", "idiot", "The idiom is explained below."),
    ("general/abuse", "ja"): ("お前は馬鹿野郎だ", "馬鹿野郎", "鹿野様、野郎鍋の在庫はございません。"),
    ("general/illegal", "zh"): ("我们可以代开发票", "代开发票", "我们会为您补开发票"),
    ("general/illegal", "en"): ("We sell a fake invoice.", "fake invoice", "Is this invoice a fake? Tell us."),
    ("general/illegal", "ja"): ("闇バイトをご紹介します", "闇バイト", "夜間のアルバイトについて"),
    ("general/guarantee", "zh"): ("您一定会满意", "一定会", "不一定会缺货"),
    ("general/guarantee", "en"): ("It never fails.", "never fails", "We cannot guarantee it."),
    ("general/guarantee", "ja"): ("絶対に壊れます", "絶対に", "絶対に壊れないとは申せません。"),
    ("general/superlative", "zh"): ("我们是行业第一", "行业第一", "第一行业务请填姓名"),
    ("general/superlative", "en"): ("We are second to none.", "second to none", "It was our second choice."),
    ("general/superlative", "ja"): ("当店は日本一です", "日本一", "日本、一部地域を除く"),
    ("general/off-platform-contact", "zh"): ("请加我微信", "加我微信", "请勿加我微信"),
    ("general/off-platform-contact", "en"): ("Here is my private number.", "my private number", "The serial number."),
    ("general/off-platform-contact", "ja"): ("私のLINEにどうぞ", "私のLINE", "公式LINEにどうぞ"),
    ("general/off-platform-payment", "zh"): ("请脱离平台交易", "脱离平台", "请勿私下转账"),
    ("general/off-platform-payment", "en"): (
        "Send it directly to me.",
        "Send it directly to me",
        "Never pay directly to me or anyone else.",
    ),
    ("general/off-platform-payment", "ja"): (
        "個人の口座にどうぞ",
        "個人の口座に",
        "個人の口座にお振込みなさらないでください",
    ),
    ("general/secrets", "zh"): ("请提供您的验证码", "请提供您的验证码", "请勿提供您的验证码"),
    ("general/secrets", "en"): ("Tell us the CVV.", "Tell us the CVV", "Never tell us the CVV."),
    ("general/secrets", "ja"): (
        "暗証番号をお知らせください",
        "暗証番号をお知らせください",
        "暗証番号をお知らせいただくことはありません",
    ),
    ("general/blame", "zh"): ("跟我们没关系", "跟我们没关系", "您和我们的关系很重要"),
    ("general/blame", "en"): ("That's your own fault.", "That's your own fault", "Your fault report arrived."),
    ("general/blame", "ja"): ("お客様のせいです", "お客様のせいです", "お客様のご意見です"),
    ("general/unfinished", "zh"): ("【订单号】已发货", "【订单号】", "【重要】订单号见短信"),
    ("general/unfinished", "en"): ("Dear [customer name],", "[customer name]", "Dear [sic] customer,"),
    ("general/unfinished", "ja"): ("AIとしてお答えします", "AIとして", "AI搭載モデルのご案内です"),
    ("e-commerce/review-for-reward", "zh"): ("追评送红包", "追评送红包", "欢迎追评"),
    ("e-commerce/review-for-reward", "en"): (
        "A voucher for a positive review!",
        "voucher for a positive review",
        "Your positive review made our day.",
    ),
    ("e-commerce/review-for-reward", "ja"): (
        "レビューでクーポンを差し上げます",
        "レビューでクーポン",
        "レビューをお待ちしております",
    ),
    ("e-commerce/denied-right", "zh"): ("本店拥有最终解释权", "最终解释权", "最终结果以短信为准"),
    ("e-commerce/denied-right", "en"): ("All sales are final.", "All sales are final", "The final sale price."),
    ("e-commerce/denied-right", "ja"): (
        "いかなる理由でも返品できません",
        "いかなる理由でも返品できません",
        "理由をお知らせください",
    ),
    ("e-commerce/false-scarcity", "zh"): ("错过就没了", "错过就没", "请不要错过包裹"),
    ("e-commerce/false-scarcity", "en"): ("This is your last chance.", "last chance", "The last change was saved."),
    ("e-commerce/false-scarcity", "ja"): ("今だけです", "今だけ", "今月だけの予定です"),
    ("finance/return-promise", "zh"): ("只赚不赔", "只赚不赔", "投资有风险"),
    ("finance/return-promise", "en"): ("You cannot lose.", "cannot lose", "You cannot log in."),
    ("finance/return-promise", "ja"): ("元本保証です", "元本保証", "元本割れの場合があります"),
    ("finance/advice", "zh"): ("建议您马上买入", "建议您马上买入", "建议您咨询理财顾问"),
    ("finance/advice", "en"): ("You should invest in gold.", "You should invest in", "You should ask an adviser."),
    ("finance/advice", "ja"): ("今が買い時です", "今が買い時", "買い物かごをご確認ください"),
    ("finance/approval", "zh"): ("秒批下款", "秒批", "三个工作日内审批"),
    ("finance/approval", "en"): ("No credit check!", "No credit check", "A credit check takes a day."),
    ("finance/approval", "ja"): ("審査なしで貸します", "審査なし", "審査があります"),
    ("health/cure", "zh"): ("可以根治", "根治", "不能根治"),
    ("health/cure", "en"): ("A miracle cure.", "miracle cure", "It does not cure diseases."),
    ("health/cure", "ja"): ("副作用はありません", "副作用はありません", "副作用がある場合がございます"),
    ("health/diagnosis", "zh"): ("不用看医生", "不用看医生", "请尽快看医生"),
    ("health/diagnosis", "en"): ("You have an infection.", "You have an infection", "You have an invoice."),
    ("health/diagnosis", "ja"): ("病院に行く必要はありません", "病院に行く必要はありません", "病院にご相談ください"),
    ("health/dosage", "zh"): ("每天吃两片", "每天吃两片", "每天通风两次"),
    ("health/dosage", "en"): ("Take two tablets.", "Take two tablets", "Take two photos of the box."),
    ("health/dosage", "ja"): ("1日2錠服用", "1日2錠服用", "1日2回充電します"),
}


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet({name: shipped_pack(name) for name in pack_names()})


def found(rules: RuleSet, text: str) -> list[tuple[str, str]]:
    return [(finding.id, finding.span.of(text)) for finding in rules.findings(text, "en")]


def test_every_rule_has_examples_in_every_language() -> None:
    shipped = {f"{name}/{rule.id}" for name in pack_names() for rule in shipped_pack(name).rules}
    assert {rule for rule, _ in EXAMPLES} == shipped
    assert set(EXAMPLES) == {(rule, language) for rule in shipped for language in ("zh", "en", "ja")}


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_what_breaks_a_rule_and_what_is_near_but_fine(rules: RuleSet, rule: str, language: str) -> None:
    broken, said, fine = EXAMPLES[rule, language]
    assert (rule, said) in found(rules, broken)
    assert rule not in dict(found(rules, fine))


@pytest.mark.parametrize(("rule", "language"), EXAMPLES)
def test_the_place_is_exact_amid_characters_that_fold_to_more(rules: RuleSet, rule: str, language: str) -> None:
    broken, said, _ = EXAMPLES[rule, language]
    text = f"㈱ ﬁ\u0301 𠮷 \u200b❤️ … {broken}"
    assert (rule, said) in found(rules, text)
    (start,) = {f.span.start for f in rules.findings(text, "en") if f.id == rule and f.span.of(text) == said}
    assert start == text.index(said)


@pytest.mark.parametrize("rule", sorted({rule for rule, _ in EXAMPLES}))
def test_traditional_characters_break_the_same_rule(rules: RuleSet, rule: str) -> None:
    broken, said, fine = (converted(text, "s2t") for text in EXAMPLES[rule, "zh"])
    assert (rule, said) in found(rules, broken)
    assert rule not in dict(found(rules, fine))


@pytest.mark.parametrize("rule", sorted({rule for rule, language in EXAMPLES if language == "en"}))
def test_full_width_letters_break_the_same_rule(rules: RuleSet, rule: str) -> None:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    broken, said, _ = EXAMPLES[rule, "en"]
    assert (rule, said.translate(wide)) in found(rules, broken.translate(wide))


@pytest.mark.parametrize(
    ("rule", "sort", "severity"),
    [
        ("general/abuse", CheckRule.SENSITIVE_WORD, Severity.BLOCK),
        ("general/guarantee", CheckRule.ABSOLUTE_CLAIM, Severity.WARN),
        ("general/unfinished", CheckRule.LEFTOVER, Severity.BLOCK),
        ("general/blame", CheckRule.RED_LINE, Severity.WARN),
        ("finance/approval", CheckRule.ABSOLUTE_CLAIM, Severity.BLOCK),
        ("health/cure", CheckRule.RED_LINE, Severity.BLOCK),
        ("e-commerce/false-scarcity", CheckRule.ABSOLUTE_CLAIM, Severity.WARN),
    ],
)
def test_sort_severity_and_remedy_come_from_the_rule(
    rules: RuleSet, rule: str, sort: CheckRule, severity: Severity
) -> None:
    pack, _, name = rule.partition("/")
    (shipped,) = (each for each in shipped_pack(pack).rules if each.id == name)
    for language in ("zh", "en", "ja"):
        finding = next(each for each in rules.findings(EXAMPLES[rule, language][0], language) if each.id == rule)
        assert (finding.rule, finding.severity) == (sort, severity)
        assert finding.remedy == shipped.remedy["zh-Hans" if language == "zh" else language]
