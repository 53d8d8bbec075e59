"""Promises in replies: what is one, and what is none."""

from __future__ import annotations

import pytest

from engine.domain.check import PromiseMatter
from engine.guard.promises.cues import asks, commits, is_about, is_condition, matters, reports
from engine.guard.promises.extraction import promises


@pytest.mark.parametrize(
    ("text", "said", "matter", "due", "amounts"),
    [
        (
            "Hi Lena, we will refund you within 5 working days.",
            "we will refund you within 5 working days.",
            "refund",
            1,
            0,
        ),
        ("您好，退货后5个工作日内退款给您。", "退货后5个工作日内退款给您。", "refund", 1, 0),
        ("您好，整機保固2年。", "整機保固2年。", "warranty", 1, 0),
        ("到着から30日以内に返品できます。", "到着から30日以内に返品できます。", "return", 1, 0),
        ("I will give you a voucher of 25 euros.", "I will give you a voucher of 25 euros.", "compensation", 0, 1),
        ("您好，满199元包邮。", "满199元包邮。", "delivery", 0, 1),
        ("Your parcel arrives tomorrow.", "Your parcel arrives tomorrow.", "delivery", 0, 0),
        ("お急ぎ便の送料は無料です。", "お急ぎ便の送料は無料です。", "delivery", 0, 0),
    ],
)
def test_a_promise(text: str, said: str, matter: str, due: int, amounts: int) -> None:
    (found,) = promises(text)
    assert (found.text, found.span.of(text), found.matter) == (said, said, PromiseMatter(matter))
    assert (len(found.times), len(found.amounts)) == (due, amounts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, thanks for your patience!",
        "Could you send me the order number of your parcel?",
        "Please return the label within 5 days.",
        "Your parcel left Rotterdam yesterday evening.",
        "Hold the power button for five seconds.",
        "您好，请问您的订单什么时候发货的？",
        "您好，已查到您的包裹昨晚发出。",
        "麻烦您把包裹的照片发给我。",
        "お荷物は昨日発送されました。",
        "返品の理由を教えてください。",
        "The filter light comes on after eight months.",
    ],
)
def test_no_promise(text: str) -> None:
    assert promises(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("整机保修2年，电机保修3年", ["整机保修2年", "电机保修3年"]),
        ("You save 15 % and you can cancel until 5 days before dispatch.", 2),
        ("We refund you within 5 days. The repair takes 7 days.", 2),
        ("如果拆封了，7天内可以退货", ["如果拆封了，7天内可以退货"]),
        ("We send a voucher, it is valid for 24 months, so no worries.", 1),
    ],
)
def test_promises_of_one_reply(text: str, said: list[str] | int) -> None:
    found = [each.span.of(text) for each in promises(text)]
    assert (len(found) if isinstance(said, int) else found) == said


def test_what_adds_nothing_is_left_out() -> None:
    (found,) = promises("Dear Ms Ito, the motor is covered by our warranty for 3 years, so don't worry.")
    assert found.text == "the motor is covered by our warranty for 3 years"


def test_cues() -> None:
    assert list(matters("the warranty covers a refund")) == [PromiseMatter.WARRANTY, PromiseMatter.REFUND]
    assert is_about("退款")
    assert not is_about("你好")
    assert commits("we will pay")
    assert not commits("the sky is blue")
    assert asks("when did it arrive?")
    assert reports("your parcel has been sent")
    assert is_condition("如果拆封了")
    assert not is_condition("可以退货")
