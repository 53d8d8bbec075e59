"""What stands before a number."""

from __future__ import annotations

import pytest

from engine.guard.context import after, before, is_reference


@pytest.mark.parametrize(
    "lead",
    [
        "order ",
        "Order no. ",
        "order number is ",
        "order #",
        "Invoice: ",
        "tracking number: ",
        "ticket ",
        "case id ",
        "ref. ",
        "SKU ",
        "serial number ",
        "firmware ",
        "version: ",
        "Bestellnummer ",
        "Sendungsnummer: ",
        "numéro de commande ",
        "pedido nº ",
        "заказ № ",
        "订单号：",
        "订单号是",
        "訂單編號：",
        "运单号: ",
        "发票号码 ",
        "固件版本",
        "注文番号は",
        "受付番号：",
        "伝票番号 ",
        "주문번호: ",
        "order MV-",
    ],
)
def test_numbers_of_orders_and_the_like(lead: str) -> None:
    text = f"My {lead}12345678"
    assert is_reference(text, len(text) - 8)


@pytest.mark.parametrize(
    "lead", ["phone ", "card ", "手机", "電話は", "in order to call ", "ordering: ", "", "the case is closed, "]
)
def test_other_words(lead: str) -> None:
    text = f"{lead}12345678"
    assert not is_reference(text, len(text) - 8)


def test_only_the_near_surroundings_count() -> None:
    text = "order number " + "x" * 40 + " 12345678"
    assert not is_reference(text, len(text) - 8)
    assert (before("abcdef", 3), after("abcdef", 3)) == ("abc", "def")
    assert len(before("x" * 99, 99)) == len(after("x" * 99, 0)) == 28
