"""Faithful rewordings must be released, invented sentences must not: three languages, and across scripts."""

from __future__ import annotations

import pytest

from engine.answering.grounding import DroppedSentence, GroundedSentence, ground
from tests.builders import passage, quoted

EVIDENCE = {
    "en": [
        "Refunds are made within 5 working days after the goods reach our warehouse. "
        "The money goes back to the same means of payment. "
        "A bank transfer takes up to 10 working days.",
        "You can return goods within 30 days from delivery. "
        "Mop cloths and milk tubes can only be returned unopened. "
        "The return label is free in the EU and in Japan; elsewhere the customer pays for it.",
        "If the robot shows E4, the cliff sensors are dirty. "
        "Wipe the four windows underneath with a dry cloth. "
        "If it shows E7, it cannot find its dock: leave one metre of free space in front of the dock.",
        "The kettle holds 1.2 litres and has five temperatures. "
        "Descale it every 2 months with 15 g of citric acid in one litre of water. "
        "Keep-warm switches off after 60 minutes.",
        "Reset your password with the link in the e-mail; the link is valid for 30 minutes. "
        "After 5 wrong attempts the account is locked for 15 minutes.",
    ],
    "zh-Hans": [
        "商品到达仓库后，我们会在5个工作日内退款，款项退回原支付方式。银行转账最多需要10个工作日。",
        "自签收之日起30天内可以退货。拖布和奶管仅在未拆封时可以退货。欧盟和日本的退货标签免费，其他地区由顾客承担运费。",
        "如果机器人显示E4，说明悬崖传感器脏了。请用干布擦拭底部的四个窗口。如果显示E7，说明找不到充电座，请在充电座前方留出一米的空间。",
        "水壶容量为1.2升，有五档温度。请每2个月用15克柠檬酸加一升水除垢一次。保温功能60分钟后自动关闭。",
        "请通过邮件中的链接重置密码，链接30分钟内有效。连续输错5次后，账户将锁定15分钟。",
    ],
    "ja": [
        "商品が倉庫に到着してから5営業日以内に返金いたします。返金はお支払い時と同じ方法で行います。銀行振込の場合は最大10営業日かかります。",
        "お届け日から30日以内であれば返品できます。モップクロスとミルクチューブは未開封の場合のみ返品できます。返送ラベルはEUと日本では無料で、その他の地域ではお客様のご負担となります。",
        "E4が表示された場合は、段差センサーが汚れています。底面の4つの窓を乾いた布で拭いてください。E7が表示された場合は充電台が見つかりません。充電台の前に1メートルの空間を空けてください。",
        "ケトルの容量は1.2リットルで、温度は5段階です。2か月ごとに水1リットルにクエン酸15グラムを入れて湯あかを取ってください。保温は60分後に自動で切れます。",
        "メールのリンクからパスワードを再設定してください。リンクの有効時間は30分です。5回間違えると、アカウントは15分間ロックされます。",
    ],
}
FAITHFUL = {
    "en": [
        "You will get your refund within 5 working days once the goods have reached the warehouse.",
        "The refund goes back to the same means of payment.",
        "Bank transfers can take up to 10 working days.",
        "You can send goods back within 30 days of delivery.",
        "Milk tubes and mop cloths can be returned only if they are unopened.",
        "E4 means that the cliff sensors are dirty.",
        "Wipe the four windows on the underside with a dry cloth.",
        "E7 means the robot cannot find its dock, so leave one metre of space in front of it.",
        "Descale the kettle every 2 months using 15 g of citric acid per litre of water.",
        "The kettle has a capacity of 1.2 litres.",
        "The keep-warm function turns off after 60 minutes.",
        "The password reset link is valid for 30 minutes.",
        "Your account is locked for 15 minutes after 5 wrong attempts.",
        "In the EU and Japan the return label is free of charge.",
        "Outside the EU and Japan the customer pays for the return label.",
        "1. Wipe the four windows underneath with a dry cloth.",
        "**Descale** it every 2 months.",
    ],
    "zh-Hans": [
        "货物到仓后，我们会在5个工作日内为您退款。",
        "退款会退回到您原来的支付方式。",
        "如果是银行转账，最多需要10个工作日。",
        "您可以在签收后30天内退货。",
        "拖布和奶管只有未拆封才能退货。",
        "E4表示悬崖传感器脏了。",
        "请用干布擦拭机身底部的四个窗口。",
        "E7表示机器人找不到充电座，请在充电座前留出一米空间。",
        "建议每2个月用15克柠檬酸和一升水给水壶除垢。",
        "保温功能会在60分钟后自动关闭。",
        "重置密码的链接在30分钟内有效。",
        "密码连续输错5次，账户会被锁定15分钟。",
        "在欧盟和日本，退货标签是免费的。",
        "退款將在商品到達倉庫後5個工作日內完成。",
    ],
    "ja": [
        "商品が倉庫に届いてから5営業日以内に返金されます。",
        "返金はお支払いと同じ方法で行われます。",
        "銀行振込の場合、最大で10営業日かかることがあります。",
        "ミルクチューブとモップクロスは、未開封の場合に限り返品できます。",
        "E4は段差センサーの汚れを示しています。",
        "本体底面の4つの窓を乾いた布で拭いてください。",
        "E7は充電台が見つからないことを示すので、充電台の前に1メートルの空間を空けてください。",
        "湯あかは、2か月ごとに水1リットルとクエン酸15グラムで取り除いてください。",
        "ケトルの容量は1.2リットルです。",
        "保温機能は60分後に自動的に切れます。",
        "パスワード再設定のリンクは30分間有効です。",
        "パスワードを5回間違えると、アカウントが15分間ロックされます。",
        "EUと日本では返送ラベルは無料です。",
    ],
}
INVENTED = {
    "en": [
        "You can pick up your parcel at any of our shops.",
        "The kettle has a built-in camera.",
        "Refunds are paid in store vouchers only.",
        "Please call our hotline to activate the warranty.",
        "The robot can climb stairs with its new legs.",
        "I hope this helps you with your question!",
        "Your order will be delivered by drone tomorrow.",
        "Milk tubes are dishwasher-safe and last a year.",
        "You can return goods in person at the post office with your passport.",
        "The dock is made of recycled aluminium.",
        "Citric acid is dangerous and must be stored away from children.",
        "Passwords must contain a capital letter and a symbol.",
        "The kettle is available in red, black and silver.",
        "A loan device is provided during the repair.",
    ],
    "zh-Hans": [
        "您可以到任意门店自提包裹。",
        "水壶内置摄像头。",
        "退款只以代金券的形式发放。",
        "请拨打热线激活保修。",
        "机器人可以爬楼梯。",
        "希望以上信息对您有帮助！",
        "您的订单将于明天由无人机配送。",
        "奶管可以放进洗碗机清洗，能用一年。",
        "充电座由再生铝制成。",
        "柠檬酸有危险，请放在儿童接触不到的地方。",
        "密码必须包含大写字母和符号。",
        "水壶有红色、黑色和银色可选。",
        "维修期间我们提供备用机。",
        "您可以凭护照到邮局当面退货。",
    ],
    "ja": [
        "お近くの店舗で荷物を受け取ることができます。",
        "ケトルにはカメラが内蔵されています。",
        "返金は商品券でのみ行います。",
        "保証を有効にするには、ホットラインにお電話ください。",
        "ロボットは階段を上ることができます。",
        "お役に立てれば幸いです！",
        "ご注文は明日ドローンで配達されます。",
        "ミルクチューブは食器洗い機で洗え、1年間使えます。",
        "充電台は再生アルミニウム製です。",
        "クエン酸は危険ですので、お子様の手の届かない場所に保管してください。",
        "パスワードには大文字と記号が必要です。",
        "ケトルは赤、黒、銀の3色から選べます。",
        "修理中は代替機をお貸しします。",
        "パスポートをお持ちいただければ、郵便局で返品できます。",
    ],
}
ALTERED = {
    "en": [
        "Refunds are made within 6 working days after the goods reach our warehouse.",
        "A bank transfer takes up to 5 working days.",
        "You can return goods within 14 days from delivery.",
        "If the robot shows E5, the cliff sensors are dirty.",
        "The kettle holds 1.7 litres and has five temperatures.",
        "The link in the e-mail is valid for 30 hours.",
        "Keep-warm switches off after 60 minutes on 1 March 2026.",
    ],
    "zh-Hans": [
        "商品到达仓库后，我们会在7个工作日内退款。",
        "自签收之日起14天内可以退货。",
        "如果机器人显示E5，说明悬崖传感器脏了。",
        "水壶容量为1.7升，有五档温度。",
        "链接30小时内有效。",
        "保温功能从2026年3月1日起60分钟后自动关闭。",
    ],
    "ja": [
        "商品が倉庫に到着してから7営業日以内に返金いたします。",
        "お届け日から14日以内であれば返品できます。",
        "E5が表示された場合は、段差センサーが汚れています。",
        "ケトルの容量は1.7リットルで、温度は5段階です。",
        "リンクの有効時間は30時間です。",
    ],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, sentence) for language, found in table.items() for sentence in found]


@pytest.mark.parametrize(("language", "sentence"), cases(FAITHFUL))
def test_faithful_sentences_are_released_with_what_they_rest_on(language: str, sentence: str) -> None:
    passages = [passage(text, language=language, start=100) for text in EVIDENCE[language]]
    (verdict,) = ground(sentence, passages, language=language)
    assert isinstance(verdict, GroundedSentence)
    assert verdict.text == sentence
    assert 1 <= len(verdict.citations) <= 3
    for index, span in verdict.citations:
        assert quoted(passages[index], span) in EVIDENCE[language][index]
        assert quoted(passages[index], span).strip()


@pytest.mark.parametrize(("language", "sentence"), cases(INVENTED))
def test_invented_sentences_are_dropped_whatever_they_cite(language: str, sentence: str) -> None:
    passages = [passage(text, language=language) for text in EVIDENCE[language]]
    for marker in ("", *(f" [{number}]" for number in range(1, 6)), " [1-5]"):
        (verdict,) = ground(sentence + marker, passages, language=language)
        assert isinstance(verdict, DroppedSentence), marker


@pytest.mark.parametrize(("language", "sentence"), cases(ALTERED))
def test_one_wrong_number_date_unit_or_code_is_enough(language: str, sentence: str) -> None:
    passages = [passage(text, language=language) for text in EVIDENCE[language]]
    (verdict,) = ground(sentence, passages, language=language)
    assert isinstance(verdict, DroppedSentence)
    assert verdict.reason in {"quantity", "code", "not_found"}


@pytest.mark.parametrize("marker", ["", " [1]"])
def test_scripts_of_chinese_are_one_language(marker: str) -> None:
    passages = [passage(text, language="zh-Hans") for text in EVIDENCE["zh-Hans"]]
    (verdict,) = ground(f"退款將在商品到達倉庫後5個工作日內完成{marker}。", passages, language="zh-Hant")
    assert isinstance(verdict, GroundedSentence)
    assert verdict.basis == "wording"
    (wrong,) = ground(f"退款將在商品到達倉庫後8個工作日內完成{marker}。", passages, language="zh-Hant")
    assert isinstance(wrong, DroppedSentence)
