from __future__ import annotations

import pytest

from engine.assist.forms.fields import code_form, slip_fields
from engine.domain.form import FormField, SlipLine


def line(text: str, top: float = 0, left: float = 0, confidence: float = 0.9) -> SlipLine:
    return SlipLine(text, (left, top, left + 100, top + 20), confidence)


def value(text: str) -> tuple[FormField, str]:
    (found,) = slip_fields([line(text)]).values()
    return found.field, found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tracking number: 3SMVRL204417781", (FormField.TRACKING_NUMBER, "3SMVRL204417781")),
        ("快递单号：SF1384420915577", (FormField.TRACKING_NUMBER, "SF1384420915577")),
        ("追跡番号：4512-3345-9981", (FormField.TRACKING_NUMBER, "4512-3345-9981")),
        ("SKU MV-K2-0417", (FormField.SKU, "MV-K2-0417")),
        ("貨號：MV-P5-1020", (FormField.SKU, "MV-P5-1020")),
        ("品番：MV-R3-0088", (FormField.SKU, "MV-R3-0088")),
        ("Qty: x2", (FormField.QUANTITY, "2")),
        ("數量：3", (FormField.QUANTITY, "3")),
        ("返品理由：故障", (FormField.REASON, "故障")),
        ("Date: 14 April 2026", (FormField.DATE, "2026-04-14")),
        ("寄出日期：2026年4月14日", (FormField.DATE, "2026-04-14")),
        ("Total: EUR 59.00", (FormField.TOTAL, "59 EUR")),
        ("合計：49,800円", (FormField.TOTAL, "49800 JPY")),
        ("Total 1,234.50", (FormField.TOTAL, "1234.5")),
        ("Quantity: many", (FormField.QUANTITY, "")),
        ("Date: soon", (FormField.DATE, "")),
        ("SKU: broken", (FormField.SKU, "")),
    ],
)
def test_a_value_stands_behind_its_label(text: str, expected: tuple[FormField, str]) -> None:
    assert value(text) == expected


def test_label_and_value_may_be_read_apart_in_one_row() -> None:
    lines = [line("2", top=3, left=300, confidence=0.6), line("SKU:", top=40), line("Quantity:"), line("K2-1", 41, 300)]
    found = slip_fields(lines)
    assert {field: each.value for field, each in found.items()} == {FormField.QUANTITY: "2", FormField.SKU: "K2-1"}
    assert found[FormField.QUANTITY].confidence == 0.6


def test_other_lines_are_no_fields_and_the_first_counts() -> None:
    lines = [line("RETURN SLIP"), line("Totally broken", 40), line("Quantity: 1", 80), line("Quantity: 2", 120)]
    assert [each.value for each in slip_fields(lines).values()] == ["1"]
    assert slip_fields([]) == {}


def test_a_label_alone_has_no_text() -> None:
    (found,) = slip_fields([line("快递单号：")]).values()
    assert (found.value, found.text) == ("", "")


def test_confusable_characters_are_the_same_in_codes() -> None:
    assert code_form("MV-O1S8") == code_form("mv 0I5B")
    assert code_form("MV-0158") != code_form("MV-0159")
