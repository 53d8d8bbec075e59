from __future__ import annotations

from datetime import date

import pytest

from engine.assist.forms.comparing import compared, verdict_of
from engine.assist.forms.fields import SlipField
from engine.domain.form import FieldFinding, FormField, FormVerdict, OrderFacts, Standing


def standing(field: FormField, value: str, order: OrderFacts, confidence: float = 0.95) -> Standing:
    (found,) = compared({field: SlipField(field, value, value or "?", confidence)}, order)
    return found.standing


@pytest.mark.parametrize(
    ("field", "value", "order", "expected"),
    [
        (FormField.SKU, "MV-K2-O417", OrderFacts(sku="MV-K2-0417"), Standing.MATCHES),
        (FormField.SKU, "MV-K2-0418", OrderFacts(sku="MV-K2-0417"), Standing.DIFFERS),
        (FormField.TRACKING_NUMBER, "SF 1234", OrderFacts(tracking_number="sf1234"), Standing.MATCHES),
        (FormField.QUANTITY, "2", OrderFacts(quantity=2), Standing.MATCHES),
        (FormField.QUANTITY, "3", OrderFacts(quantity=2), Standing.DIFFERS),
        (FormField.REASON, "too loud at night", OrderFacts(reason="Too loud"), Standing.MATCHES),
        (FormField.REASON, "damaged", OrderFacts(reason="too loud"), Standing.DIFFERS),
        (FormField.DATE, "2026-04-14", OrderFacts(until=date(2026, 4, 14)), Standing.MATCHES),
        (FormField.DATE, "2026-04-15", OrderFacts(until=date(2026, 4, 14)), Standing.LATE),
        (FormField.DATE, "--04-15", OrderFacts(until=date(2026, 4, 14)), Standing.UNREADABLE),
        (FormField.TOTAL, "59 EUR", OrderFacts(total="59.00 EUR"), Standing.MATCHES),
        (FormField.TOTAL, "59", OrderFacts(total="59 EUR"), Standing.MATCHES),
        (FormField.TOTAL, "59 CNY", OrderFacts(total="59 EUR"), Standing.DIFFERS),
        (FormField.QUANTITY, "", OrderFacts(quantity=2), Standing.UNREADABLE),
    ],
)
def test_how_a_field_stands(field: FormField, value: str, order: OrderFacts, expected: Standing) -> None:
    assert standing(field, value, order) is expected


def test_what_differs_but_was_hardly_read_is_unreadable() -> None:
    assert standing(FormField.SKU, "MV-K2-0418", OrderFacts(sku="MV-K2-0417"), 0.5) is Standing.UNREADABLE


def test_only_what_the_order_says_is_compared_and_may_be_missing() -> None:
    (found,) = compared({FormField.SKU: SlipField(FormField.SKU, "A1B2", "a1b2", 1.0)}, OrderFacts(quantity=1))
    assert found == FieldFinding(FormField.QUANTITY, Standing.MISSING, "", "1", 0.0)


@pytest.mark.parametrize(
    ("stands", "verdict"),
    [
        ({FormField.SKU: Standing.MATCHES}, FormVerdict.ACCEPT),
        ({FormField.SKU: Standing.DIFFERS}, FormVerdict.REJECT),
        ({FormField.DATE: Standing.LATE, FormField.SKU: Standing.MATCHES}, FormVerdict.REJECT),
        ({FormField.QUANTITY: Standing.DIFFERS}, FormVerdict.REVIEW),
        ({FormField.SKU: Standing.UNREADABLE}, FormVerdict.REVIEW),
        ({FormField.TRACKING_NUMBER: Standing.MISSING}, FormVerdict.REVIEW),
    ],
)
def test_the_verdict(stands: dict[FormField, Standing], verdict: FormVerdict) -> None:
    assert verdict_of([FieldFinding(field, each, "", "", 1.0) for field, each in stands.items()]) is verdict
