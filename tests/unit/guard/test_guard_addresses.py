"""Postal addresses that somebody announces."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from tests.unit.guard.found import found


def addresses(text: str) -> list[str]:
    return [value for _, value in found(text, "en", PersonalKind.ADDRESS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Address: 12 Mill Lane, Oxford OX1 2AB", ["12 Mill Lane, Oxford OX1 2AB"]),
        ("Ship to: 5 Rue de la Paix, 75002 Paris.", ["5 Rue de la Paix, 75002 Paris"]),
        ("My new address is 12 Mill Lane in Oxford. Thanks", ["12 Mill Lane in Oxford"]),
        ("Lieferadresse: Hauptstraße 5, 10115 Berlin", ["Hauptstraße 5, 10115 Berlin"]),
        ("dirección: Calle Mayor 3, Madrid", ["Calle Mayor 3, Madrid"]),
        ("收货地址：北京市朝阳区建国路88号1201室", ["北京市朝阳区建国路88号1201室"]),
        ("我的地址是上海市南京西路100号，谢谢", ["上海市南京西路100号"]),
        ("住所は東京都千代田区1-1-1です。", ["東京都千代田区1-1-1"]),
        ("〒100-0001 東京都千代田区千代田1-1", ["〒100-0001 東京都千代田区千代田1-1"]),
        ("ที่อยู่: 99 ถนนสุขุมวิท กรุงเทพ", ["99 ถนนสุขุมวิท กรุงเทพ"]),
        ("We changed the address bar.", []),
        ("Address: x@y.com and more", []),
        ("地址是什么？", []),
        ("Address: [address 1]", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected
