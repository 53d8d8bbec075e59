from __future__ import annotations

import pytest

from engine.domain.handoff import Queue
from engine.languages.queue_cues import asks_how_own_stands, queue_of


@pytest.mark.parametrize(
    ("text", "queue"),
    [
        ("Where is my parcel?", Queue.DELIVERY),
        ("快递到哪了", Queue.DELIVERY),
        ("荷物が届きません", Queue.DELIVERY),
        ("I want a refund", Queue.RETURNS),
        ("我要退貨", Queue.RETURNS),
        ("I was charged twice, check the invoice", Queue.BILLING),
        ("發票開錯了", Queue.BILLING),
        ("扫地机报E4", Queue.TECHNICAL),
        ("Der Roboter ist defekt", Queue.TECHNICAL),
        ("forgot my password", Queue.ACCOUNT),
        ("注文をキャンセルしたい", Queue.ORDERS),
        ("Quiero cancelar mi pedido", Queue.ORDERS),
        ("hello", Queue.GENERAL),
    ],
)
def test_a_message_goes_to_whom_it_is_for(text: str, queue: Queue) -> None:
    assert queue_of((text,)) is queue


def test_the_latest_message_counts_double() -> None:
    assert queue_of(("my parcel is late", "I want a refund")) is Queue.RETURNS


def test_nothing_said_is_for_everyone() -> None:
    assert queue_of(()) is Queue.GENERAL


@pytest.mark.parametrize(
    "text",
    [
        "Has my order left the warehouse yet?",
        "Where's my parcel",
        "any news on my refund?",
        "When will my new order arrive?",
        "我的快递到哪了",
        "我的訂單什麼時候發貨",
        "帮我查一下物流",
        "注文した荷物はどこですか",
        "返金はいつになりますか",
    ],
)
def test_a_question_about_an_order_of_ones_own(text: str) -> None:
    assert asks_how_own_stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "How long does a delivery take?",
        "Can I change my order?",
        "Where is the filter?",
        "快递多久能到",
        "怎么取消订单",
        "配送料はいくらですか",
        "",
    ],
)
def test_a_question_about_orders_at_large(text: str) -> None:
    assert not asks_how_own_stands(text)
