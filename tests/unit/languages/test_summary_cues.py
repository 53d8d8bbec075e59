from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.languages import summary_cues as cues

CASES: list[tuple[Callable[[str], bool], list[str], list[str]]] = [
    (
        cues.reports_attempt,
        [
            "I've already restarted the router.",
            "I cleaned the contacts.",
            "试过了",
            "重启了三次",
            "端子も拭きました",
            "やってみましたが",
        ],
        ["It is broken.", "坏了", "壊れました"],
    ),
    (
        cues.tells_step,
        [
            "Please hold the button.",
            "Now unplug it.",
            "Have you run the programme?",
            "请长按电源键",
            "布で拭いてください。",
        ],
        ["I have refunded it.", "已为您退款", "返金いたしました。", "Then the sensor is faulty."],
    ),
    (
        cues.asks_for_details,
        ["What is your order number?", "请提供订单号", "ご注文番号を教えてください。", "海關需要收件人的英文全名"],
        ["Please restart it.", "请重启", "拭いてください。"],
    ),
    (
        cues.reports_deed,
        [
            "I have refunded EUR 5.",
            "It has been cancelled.",
            "已经为您提交退款",
            "已为您修改完成",
            "手続きをいたしました。",
        ],
        ["I will refund it.", "请稍等", "返金いたします。"],
    ),
    (
        cues.pledges,
        ["We will call you.", "It should arrive on Wednesday.", "我会通知您", "預計明天出貨", "お送りします"],
        ["I called you.", "已通知", "送りました"],
    ),
    (
        cues.explains,
        ["It was because of the rain.", "The valve needs replacing.", "可能是蒸汽阀故障", "センサーの故障です。"],
        ["Please wait.", "请稍等", "お待ちください"],
    ),
    (
        cues.wishes,
        ["I'd like a refund.", "Can you send it?", "我想退货", "返金してください"],
        ["It broke.", "坏了", "壊れました"],
    ),
    (
        cues.acknowledges,
        ["I see", "That's a pity", "我查一下", "そうでしたか", "verstehe", "Je comprends", "понятно"],
        ["The fan is blocked", "我住大埔", "底のシールにございます", "der Akku ist leer"],
    ),
    (
        cues.affirms_or_denies,
        ["yes, since Monday", "Nope", "没有改善", "對，同一個", "いいえ、一度も", "nein, noch nie"],
        ["Since Monday", "昨天", "先週から"],
    ),
    (
        cues.introduces,
        [
            "Hello, this is Priya.",
            "Hi, Tomasz here.",
            "我是客服小周",
            "片桐です。",
            "担当の三浦でございます。",
            "Mein Name ist Anke.",
        ],
        ["This is the order.", "It is here.", "我是昨天买的", "5月6日です。", "在庫でございますので"],
    ),
    (
        cues.offers,
        [
            "Would you like a refund?",
            "Would Tuesday suit?",
            "补发一台，您看可以吗？",
            "返金と交換のどちらがよろしいでしょうか。",
        ],
        ["What is your order number?", "请问订单号是多少？", "ご購入はいつ頃でしょうか。"],
    ),
    (
        cues.questions,
        ["what is the number", "and does it run", "请问订单号", "どの製品でしょうか", "wann war das"],
        ["It is under warranty", "您的机器还在保修期", "在庫がございます"],
    ),
    (
        cues.decides,
        ["I'll take the refund", "leave it", "第二个吧", "不用了", "黒にします", "ich nehme die schwarze", "не надо"],
        ["It is broken", "坏了", "壊れました", "die Lampe blinkt"],
    ),
    (
        cues.names_trouble,
        ["It won't start.", "My parcel is late.", "收不到验证码", "エラーになります"],
        ["Lovely day.", "今天天气不错", "いい天気"],
    ),
]


@pytest.mark.parametrize(
    ("tells", "text"),
    [(tells, text) for tells, yes, _ in CASES for text in yes],
    ids=lambda each: getattr(each, "__name__", str(each))[:30],
)
def test_what_they_find(tells: Callable[[str], bool], text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    ("tells", "text"),
    [(tells, text) for tells, _, no in CASES for text in no],
    ids=lambda each: getattr(each, "__name__", str(each))[:30],
)
def test_what_they_leave(tells: Callable[[str], bool], text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Friday at noon", "by Friday"),
        ("下周三上午给您", "下周三上午"),
        ("来週の水曜日までに", "来週の水曜日まで"),
        ("soon", ""),
    ],
)
def test_days_near_at_hand(text: str, day: str) -> None:
    found = cues.DAYS.search(text)
    assert (found[0] if found else "") == day
