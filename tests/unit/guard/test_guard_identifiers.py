"""Numbers of cards, accounts and persons, and numbers that look like them."""

from __future__ import annotations

import pytest

from tests.unit.guard.found import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My card 4111 1111 1111 1111 was charged", "4111 1111 1111 1111"),
        ("4111-1111-1111-1111", "4111-1111-1111-1111"),
        ("卡号4111111111111111。", "4111111111111111"),
        ("カード番号は5555555555554444です", "5555555555554444"),
        ("카드 378282246310005", "378282246310005"),
        ("amex 3782 822463 10005", "3782 822463 10005"),
        ("６０１１ ０００９ ９０１３ ９４２４", "６０１１ ０００９ ９０１３ ９４２４"),
    ],
)
def test_cards(text: str, expected: str) -> None:
    assert found(text) == [("card", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "order number 4111111111111111",
        "订单号：4111111111111111",
        "注文番号は4111111111111111です",
        "Bestellnummer 4111111111111111",
        "tracking no. 5555555555554444",
        "SKU-4111111111111111",
        "0000 0000 0000 0000",
        "1234567890123452",  # Luhn holds, no issuer uses the range
        "41111111111111111111111111",
    ],
)
def test_numbers_of_orders_and_goods_are_no_cards(text: str) -> None:
    assert "card" not in dict(found(text))


def test_a_label_makes_a_card_of_a_range_that_no_scheme_lists() -> None:
    assert found("my card number is 1234567890123452") == [("card", "1234567890123452")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to GB82 WEST 1234 5698 7654 32 please", "GB82 WEST 1234 5698 7654 32"),
        ("IBAN:DE89370400440532013000", "DE89370400440532013000"),
        ("账号FR1420041010050500013M02606。", "FR1420041010050500013M02606"),
        ("gb82west12345698765432", "gb82west12345698765432"),
    ],
)
def test_ibans_end_where_the_number_ends(text: str, expected: str) -> None:
    assert found(text) == [("iban", expected)]


@pytest.mark.parametrize("text", ["GB83 WEST 1234 5698 7654 32", "XGB82WEST12345698765432", "DE8937040044053201300"])
def test_no_iban_without_its_check(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("my SSN is 123-45-6789.", "en", ("us_ssn", "123-45-6789")),
        ("social security number: 123456789", "en", ("us_ssn", "123456789")),
        ("身份证11010519491231002X，请登记", "zh-Hans", ("cn_resident_id", "11010519491231002X")),
        ("HKID A123456(3)", "en", ("hk_id", "A123456(3)")),
        ("身份證 A1234563", "zh-Hant", ("hk_id", "A1234563")),
        ("身分證字號A123456789。", "zh-Hant", ("tw_id", "A123456789")),
        ("マイナンバーは1234 5678 9018です", "ja", ("jp_my_number", "1234 5678 9018")),
        ("個人番号：123456789018", "ja", ("jp_my_number", "123456789018")),
    ],
)
def test_national_numbers(text: str, language: str, expected: tuple[str, str]) -> None:
    assert found(text, language) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "000-45-6789",
        "part 123456789",
        "11010519491231002Y",
        "A1234564",
        "model A123456789",
        "注文番号 123456789018",
        "1234 5678 9018",
        "B1234567(0)",
    ],
)
def test_what_is_no_national_number(text: str) -> None:
    assert not {kind for kind, _ in found(text, "ja")} & {"us_ssn", "cn_resident_id", "hk_id", "tw_id", "jp_my_number"}
