"""Telephone numbers of persons, and digits that are something else."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from tests.unit.guard.found import found


def phones(text: str, language: str) -> list[str]:
    return [value for _, value in found(text, language, PersonalKind.PHONE)]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Call me on 212-555-0187.", "212-555-0187"),
        ("en", "(415) 555-0132 x45 works best", "(415) 555-0132 x45"),
        ("en", "+44 20 7946 0958", "+44 20 7946 0958"),
        ("en", "Phone:\n60-56-85-91\n", "60-56-85-91"),
        ("en", "0490 75 40 81-Office", "0490 75 40 81"),
        ("de", "meine Handynummer ist 0151 23456789", "0151 23456789"),
        ("fr", "Mon portable : 06 12 34 56 78.", "06 12 34 56 78"),
        ("es", "móvil 612 34 56 78", "612 34 56 78"),
        ("it", "cellulare 347 123 4567", "347 123 4567"),
        ("pt", "telemóvel: 912 345 678", "912 345 678"),
        ("ru", "мой телефон 8 916 123-45-67", "8 916 123-45-67"),
        ("zh-Hans", "手机13812345678，谢谢", "13812345678"),
        ("zh-Hans", "打13812345678给我", "13812345678"),
        ("zh-Hans", "电话是010-62781234转3", "010-62781234"),
        ("zh-Hant", "手機0912-345-678。", "0912-345-678"),
        ("zh-Hant", "聯絡方式：02-2345-6789", "02-2345-6789"),
        ("ja", "電話は090-1234-5678です", "090-1234-5678"),
        ("ja", "０９０－１２３４－５６７８", "０９０－１２３４－５６７８"),
        ("ja", "TEL 03-1234-5678", "03-1234-5678"),
        ("ko", "휴대폰 010-1234-5678", "010-1234-5678"),
        ("vi", "sđt: 0912 345 678", "0912 345 678"),
        ("th", "เบอร์ 081-234-5678", "081-234-5678"),
        ("ar", "هاتف 0501234567", "0501234567"),
    ],
)
def test_numbers_are_found_exactly(language: str, text: str, number: str) -> None:
    assert phones(text, language) == [number]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Order MV-2026-001387 of 2026-03-14"),
        ("en", "order number 2125550187"),
        ("en", "invoice no. 212-555-0187"),
        ("en", "It costs $1234567."),
        ("en", "1234567 mAh"),
        ("en", "from 2024-2026, 10:00-18:00"),
        ("en", "0800 123 4567"),
        ("en", "1-800-555-0199"),
        ("zh-Hans", "客服热线400-820-1234"),
        ("zh-Hans", "订单号13812345678"),
        ("zh-Hans", "运单号：SF1381234567890"),
        ("zh-Hant", "訂單編號 0912345678"),
        ("ja", "0120-444-113にお電話ください"),
        ("ja", "注文番号：09012345678"),
        ("ja", "2026年4月14日10時02分"),
        ("en", "serial 123456789012"),
        ("en", "x" * 30),
        ("en", "1.2.3.4.5.6.7"),
        ("en", "3,456,789 users"),
    ],
)
def test_other_digits_are_left_alone(language: str, text: str) -> None:
    assert phones(text, language) == []


def test_two_numbers_in_a_row_are_two() -> None:
    text = "Mobile: 0341 8387176\nDesk: +41 (0)85 806 98 67\nFax: 463-612-6138x036"
    assert phones(text, "en") == ["0341 8387176", "+41 (0)85 806 98 67", "463-612-6138x036"]


def test_without_a_language_only_sure_forms_are_found() -> None:
    assert phones("13812345678 or +8613812345678", "") == ["+8613812345678"]
