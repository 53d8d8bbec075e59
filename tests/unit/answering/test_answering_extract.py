"""Choosing the sentences or steps that answer a question."""

from __future__ import annotations

import pytest

from engine.answering.extract import ExtractOptions, extract
from engine.domain.search import Passage
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from tests.builders import passage, quoted

ONE = ExtractOptions(max_sentences=1)

WARRANTY = {
    "en": "All appliances are covered for two years. Batteries are covered for one year. "
    "Scale, drops and water inside the robot are not covered. Send us the order number or the invoice as proof.",
    "zh-Hans": "所有电器保修两年。电池保修一年。水垢、摔落和机器人进水不在保修范围内。请提供订单号或发票作为凭证。",
    "zh-Hant": "所有家電保固兩年。電池保固一年。水垢、摔落和機器人進水不在保固範圍內。請提供訂單編號或發票作為憑證。",
    "ja": "すべての製品の保証期間は2年です。バッテリーの保証は1年です。水あかや落下、浸水による故障は対象外です。"
    "注文番号または領収書をご用意ください。",
    "de": "Alle Geräte haben zwei Jahre Garantie. Für den Akku gilt ein Jahr. Kalk, Stürze und Wasser im Roboter sind "
    "ausgeschlossen. Bitte nennen Sie die Bestellnummer oder senden Sie die Rechnung.",
}
DELIVERY = {
    "en": "Parcels within the country arrive in one to three working days. Express orders placed before 14:00 arrive "
    "the next working day. Maruvale pays the duties for the United Kingdom. Report a lost parcel after three days.",
    "zh-Hans": "国内包裹一到三个工作日送达。14点前下单的加急件次日送达。寄往英国的关税由满谷生活承担。"
    "包裹丢失请在三天后联系我们。",
    "zh-Hant": "國內包裹一到三個工作天送達。14點前下單的快遞隔日送達。寄往英國的關稅由滿谷生活負擔。"
    "包裹遺失請在三天後與我們聯絡。",
    "ja": "国内の荷物は1〜3営業日で届きます。14時までのお急ぎ便は翌営業日に届きます。"
    "イギリス宛ての関税はマルベールが負担します。荷物が届かない場合は3日後にご連絡ください。",
    "de": "Pakete im Inland kommen in ein bis drei Werktagen an. Expressbestellungen vor 14 Uhr kommen am nächsten "
    "Werktag. Den Zoll für Großbritannien zahlt Maruvale. Melden Sie ein verlorenes Paket nach drei Tagen.",
}


def knowledge(language: str) -> list[Passage]:
    return [
        passage(WARRANTY[language], language=language, title="Guide A", document="warranty", start=310, score=9.0),
        passage(DELIVERY[language], language=language, title="Guide B", document="delivery", start=55, score=8.0),
    ]


def best(question: str, language: str, *passages: Passage) -> str:
    (quote,) = extract(question, language, passages, ONE).quotes
    return quote.text


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("How long are batteries covered?", "en", "Batteries"),
        ("Does it matter if there is water inside the robot?", "en", "Scale"),
        ("Who pays the duties for the United Kingdom?", "en", "Maruvale"),
        ("When do express orders arrive?", "en", "Express"),
        ("电池保修多久？", "zh-Hans", "电池"),
        ("机器人进水了保修吗？", "zh-Hans", "水垢"),
        ("寄到英国关税谁承担？", "zh-Hans", "寄往"),
        ("包裹丢失怎么联系？", "zh-Hans", "包裹"),
        ("電池保固多久？", "zh-Hant", "電池"),
        ("要提供什麼憑證？", "zh-Hant", "請提供"),
        ("寄到英國關稅誰負擔？", "zh-Hant", "寄往"),
        ("快遞什麼時候送達？", "zh-Hant", "14"),
        ("バッテリーの保証はどのくらいですか？", "ja", "バッテリー"),
        ("イギリスへの関税は誰が負担しますか？", "ja", "イギリス"),
        ("お急ぎ便はいつ届きますか？", "ja", "14"),
        ("Wie lange gilt die Garantie für den Akku?", "de", "Für"),
        ("Wer zahlt den Zoll für Großbritannien?", "de", "Den"),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, language: str, expected: str) -> None:
    assert best(question, language, *knowledge(language)).startswith(expected)


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("電池保固多久？", "zh-Hans", "电池"),
        ("电池保修多久？", "zh-Hans", "电池"),
        ("寄到英國的關稅誰負擔？", "zh-Hans", "寄往"),
    ],
)
def test_a_question_in_the_other_chinese_script_finds_it_too(question: str, language: str, expected: str) -> None:
    assert best(question, "zh-Hant", *knowledge(language)).startswith(expected)


@pytest.mark.parametrize("language", sorted(WARRANTY))
def test_quotes_are_exactly_the_stored_text(language: str) -> None:
    passages = knowledge(language)
    for quote in extract("Garantie warranty 保修 保固 保証 2", language, passages).quotes:
        assert quoted(passages[quote.passage], quote.span) == quote.text


@pytest.mark.parametrize(
    ("text", "language", "question", "expected"),
    [
        (
            "How long does a refund take?\nWe send it within five working days.\n\n"
            "How long does delivery take?\nThe carrier needs one to three working days.",
            "en",
            "How long does delivery take?",
            "The carrier needs one to three working days.",
        ),
        (
            "退款需要多久？\n五个工作日内原路退回。\n\n配送需要多久？\n一到三个工作日。",
            "zh-Hans",
            "配送要多久",
            "一到三个工作日。",
        ),
        (
            "退款需要多久？\n五個工作天內原路退回。\n\n配送需要多久？\n一到三個工作天。",
            "zh-Hant",
            "請問配送要多久",
            "一到三個工作天。",
        ),
        (
            "返金にはどのくらいかかりますか？\n5営業日以内です。\n\n配送にはどのくらいかかりますか？\n1〜3営業日です。",
            "ja",
            "配送はどのくらいかかりますか",
            "1〜3営業日です。",
        ),
        (
            "Wie lange dauert die Erstattung?\nWir zahlen in fünf Werktagen.\n\n"
            "Wie lange dauert die Lieferung?\nDas Paket braucht ein bis drei Werktage.",
            "de",
            "Wie lange dauert die Lieferung?",
            "Das Paket braucht ein bis drei Werktage.",
        ),
    ],
)
def test_the_sentence_under_the_heading_that_asks_the_question_wins(
    text: str, language: str, question: str, expected: str
) -> None:
    assert best(question, language, passage(text, language=language)) == expected


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        (
            "Descale the kettle every two months.\n1. Dissolve 15 g of citric acid.\n2. Boil it.\n3. Rinse twice.\n"
            "The lid stays closed.",
            "en",
            "How do I descale the kettle?",
        ),
        ("水壶每两个月除垢一次。\n1. 加入15克柠檬酸。\n2. 烧开后静置。\n3. 冲洗两遍。", "zh-Hans", "水壶怎么除垢？"),
        ("水壺每兩個月除垢一次。\n1. 加入15克檸檬酸。\n2. 煮沸後靜置。\n3. 沖洗兩次。", "zh-Hant", "水壺要怎麼除垢？"),
        (
            "ケトルの水あか取りは2か月ごとに行います。\n1. クエン酸15gを入れます。\n"
            "2. 沸騰させます。\n3. 2回すすぎます。",
            "ja",
            "ケトルの水あかはどうすれば取れますか？",
        ),
    ],
)
def test_how_to_questions_get_all_steps_in_order(text: str, language: str, question: str) -> None:
    found = extract(question, language, [passage(text, language=language, start=20)])
    assert found.steps
    assert [quote.text for quote in found.quotes] == [line for line in text.split("\n") if line[0].isdigit()]


def test_other_questions_about_a_list_get_sentences() -> None:
    text = "Descale the kettle.\n1. Dissolve 15 g of citric acid.\n2. Boil it.\n3. Rinse twice."
    found = extract("Which acid goes into the kettle?", "en", [passage(text)], ONE)
    assert not found.steps
    assert len(found.quotes) == 1


def test_a_how_to_question_without_a_list_gets_a_sentence() -> None:
    found = extract("How do I pair the scale?", "en", [passage("Step on the scale to pair it. It is white.")])
    assert not found.steps
    assert found.quotes[0].text == "Step on the scale to pair it."


def test_no_more_steps_than_allowed_are_quoted() -> None:
    text = "Pair the scale:\n" + "\n".join(f"{n}. Press the button {n} times." for n in range(1, 9))
    found = extract("How do I pair the scale?", "en", [passage(text)], ExtractOptions(max_steps=5))
    assert [quote.text[:2] for quote in found.quotes] == ["1.", "2.", "3.", "4.", "5."]


def test_a_sentence_in_the_questions_language_is_not_passed_over_for_one_in_another() -> None:
    own = passage("下單後 60 分鐘內都能免費取消。", language="zh-Hant", title="訂單", document="own", score=9.0)
    other = passage("You can cancel free of charge within 60 minutes.", title="Orders", document="other", score=8.0)
    (quote,) = extract(
        "取消訂單要多久以內？", "zh-Hant", [own, other], reranker=LateInteraction(StaticEmbedder())
    ).quotes
    assert quote.passage == 0
    (quote,) = extract("取消訂單要多久以內？", "zh-Hant", [other], reranker=LateInteraction(StaticEmbedder())).quotes
    assert quote.text.startswith("You can cancel")
