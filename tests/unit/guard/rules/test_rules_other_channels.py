"""Replies that lure a customer to a private channel, and a company's own words about its channels."""

from __future__ import annotations

import pytest

from engine.domain.check import CheckRule, Severity
from engine.guard.rules.packs import shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.languages.folding import converted

RULE = "general/off-platform-contact"
LURES = [
    "加我 LINE，我私下幫您處理",
    "您可以加我的LINE：tom123",
    "加我微信私聊，给您便宜点",
    "麻烦添加一下我的WhatsApp",
    "方便的话我加您微信发给您",
    "咱们换个微信聊",
    "微信上找我就行",
    "你用 Telegram 联系我",
    "我们去微信详聊",
    "我的微信号是 tom_88",
    "這邊不方便說，私訊我",
    "有問題請私信我",
    "Just add me on WhatsApp and I will sort it out.",
    "Message me directly on Telegram, it is faster.",
    "WhatsApp me at this number.",
    "My WhatsApp is faster than this chat.",
    "Here is my LINE ID: tom123",
    "Let's move this to WhatsApp.",
    "We can continue over on Signal.",
    "DM me for a better price.",
    "LINEで連絡ください。",
    "続きはLINEでお話ししましょう",
    "LINEのIDを教えてください",
    "インスタのDMで直接ご連絡ください",
    "私のWhatsAppに送ってください",
    "私をLINEで友だち追加してください",
    "카톡으로 따로 연락 주세요",
    "제 카카오톡 아이디는 tom123입니다",
    "Schreiben Sie mir einfach per WhatsApp.",
    "Hier ist meine private Handynummer.",
    "Contactez-moi directement sur WhatsApp.",
    "Écrivez-moi sur Telegram.",
    "Escríbame por WhatsApp, es más rápido.",
    "Este es mi WhatsApp.",
]
FINE = [
    "我们的官方 LINE 账号是 @shop",
    "您可以加官方微信客服咨询",
    "請加入我們的官方LINE帳號",
    "也可以在微信上联系我们",
    "请勿加我微信或其他私人账号",
    "我们不会要求您用微信联系我",
    "您可以使用微信支付，或在微信小程序里查看订单",
    "请私信我们的官方账号",
    "如需帮助，请在本页面继续联系我",
    "请把文件发给我，我来核对",
    "请您扫描包装上的二维码",
    "Our WhatsApp hotline is open from 9 to 17.",
    "You can reach us on WhatsApp or by phone.",
    "Message us on Facebook Messenger.",
    "I have asked my line manager about it.",
    "Please see my line of reasoning in line 3.",
    "Let's move on to line 4 of the invoice.",
    "Never add me on WhatsApp or send money there.",
    "Contact me in this chat if anything is missing.",
    "Send me a photo of the box, please.",
    "公式LINEでご連絡ください。",
    "当店のLINEアカウントからご連絡いただけます。",
    "LINE公式アカウントを友だち追加してください",
    "オンラインでご連絡ください。",
    "onlineで連絡ください。",
    "ホットラインにご連絡ください。",
    "担当者の個人LINEで連絡することはありません。",
    "LINE Payでお支払いいただけます。",
    "저희 카카오톡 채널로 연락 주세요",
    "고객센터로 연락 주세요",
    "온라인으로 연락 주세요",
    "Unsere WhatsApp-Hotline ist von 9 bis 17 Uhr erreichbar.",
    "Schreiben Sie mir bitte keine Nachricht per WhatsApp.",
    "Notre ligne WhatsApp est ouverte de 9 h à 17 h.",
    "Ne m'écrivez pas sur WhatsApp, restez ici.",
    "Nuestro WhatsApp de atención es el 600.",
    "No me escriba por WhatsApp.",
]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet({"general": shipped_pack("general")})


@pytest.mark.parametrize("text", LURES)
def test_a_lure_to_a_private_channel_blocks_a_reply(rules: RuleSet, text: str) -> None:
    found = [each for each in rules.findings(text, "en") if each.id == RULE]
    assert found, text
    assert {(each.rule, each.severity) for each in found} == {(CheckRule.RED_LINE, Severity.BLOCK)}
    assert all(each.remedy.startswith("Keep the conversation") for each in found)


@pytest.mark.parametrize("text", FINE)
def test_what_a_company_says_of_its_own_channels_passes(rules: RuleSet, text: str) -> None:
    assert [each.span.of(text) for each in rules.findings(text, "en") if each.id == RULE] == []


@pytest.mark.parametrize("text", [each for each in LURES if "加" in each or "微信" in each])
def test_both_scripts_are_read(rules: RuleSet, text: str) -> None:
    for scheme in ("s2t", "t2s"):
        assert RULE in {each.id for each in rules.findings(converted(text, scheme), "zh-Hant")}


def test_the_place_is_told_exactly(rules: RuleSet) -> None:
    text = "Thank you! ㈱ Message me on Telegram, please."
    (found,) = (each for each in rules.findings(text, "en") if each.id == RULE)
    assert found.span.of(text) == "Message me on Telegram"
