"""Check digits, on published examples and with one character changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.guard.check_digits import (
    is_cn_resident_id,
    is_hk_id,
    is_iban,
    is_jp_my_number,
    is_luhn,
    is_tw_id,
    is_us_ssn,
)

VALID: list[tuple[Callable[[str], bool], str]] = [
    (is_luhn, "4111111111111111"),
    (is_luhn, "5555555555554444"),
    (is_luhn, "378282246310005"),
    (is_luhn, "30569309025904"),
    (is_luhn, "6011000990139424"),
    (is_luhn, "3530111333300000"),
    (is_luhn, "79927398713"),
    (is_iban, "GB82WEST12345698765432"),
    (is_iban, "DE89370400440532013000"),
    (is_iban, "FR1420041010050500013M02606"),
    (is_iban, "NO9386011117947"),
    (is_iban, "MT84MALT011000012345MTLCAST001S"),
    (is_iban, "gb82west12345698765432"),
    (is_cn_resident_id, "11010519491231002X"),
    (is_cn_resident_id, "11010519491231002x"),
    (is_cn_resident_id, "440524188001010014"),
    (is_hk_id, "A1234563"),
    (is_hk_id, "AB9876543"),
    (is_hk_id, "G123456A"),
    (is_tw_id, "A123456789"),
    (is_tw_id, "a123456789"),
    (is_tw_id, "A800000014"),
    (is_jp_my_number, "123456789018"),
]


@pytest.mark.parametrize(("check", "code"), VALID)
def test_published_examples_hold(check: Callable[[str], bool], code: str) -> None:
    assert check(code)


@pytest.mark.parametrize(("check", "code"), VALID)
def test_another_last_character_does_not(check: Callable[[str], bool], code: str) -> None:
    others = [digit for digit in "0123456789" if digit != code[-1]]
    assert not any(check(code[:-1] + digit) for digit in others)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (is_luhn, "4111111111111112"),
        (is_iban, "GB82WEST1234569876543"),  # a digit short
        (is_iban, "XX82WEST12345698765432"),  # no such country
        (is_iban, ""),
        (is_cn_resident_id, "110105194912310021"),
        (is_cn_resident_id, "110105194913310020"),  # there is no month 13
        (is_cn_resident_id, "1101051949123100"),
        (is_cn_resident_id, "1101051949123100XX"),
        (is_tw_id, "1234567890"),
        (is_tw_id, "A12345678"),
        (is_jp_my_number, "12345678901"),
        (is_us_ssn, "000123456"),
        (is_us_ssn, "666123456"),
        (is_us_ssn, "900123456"),
        (is_us_ssn, "123004567"),
        (is_us_ssn, "123450000"),
        (is_us_ssn, "12345678"),
    ],
)
def test_what_cannot_be(check: Callable[[str], bool], code: str) -> None:
    assert not check(code)


@pytest.mark.parametrize("code", ["123456789", "899010001", "001010001"])
def test_a_social_security_number_has_no_check_digit_only_ranges(code: str) -> None:
    assert is_us_ssn(code)


def test_swapped_digits_are_found_by_luhn() -> None:
    assert is_luhn("5555555555554444")
    assert not is_luhn("5555555555545444")
