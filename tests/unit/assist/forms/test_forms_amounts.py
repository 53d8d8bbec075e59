"""Totals on slips: as much as shops ask, in the currencies of the desk's customers, against what the order says."""

from __future__ import annotations

import pytest

from engine.assist.forms.comparing import compared, verdict_of
from engine.assist.forms.fields import slip_fields
from engine.domain.form import FormField, FormVerdict, OrderFacts, SlipLine, Standing


def line(text: str, *, confidence: float = 0.95) -> SlipLine:
    return SlipLine(text, (0, 0, 400, 20), confidence)


def total(text: str) -> str:
    return slip_fields([line(text)])[FormField.TOTAL].value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Total 12,345.67", "12345.67"),
        ("Total 1,234,567", "1234567"),
        ("合計 1,234,567", "1234567"),
        ("合计：1234567.89", "1234567.89"),
        ("金额 99999.90", "99999.9"),
        ("Amount 0.05", "0.05"),
        ("Amount 00.50", "0.5"),
        ("Total 0", "0"),
        ("Total 0.00", "0"),
        ("Total 007", "7"),
        ("Grand total: 100", "100"),
        ("Total 123456789012345678", "123456789012345678"),
    ],
)
def test_a_total_without_a_currency_keeps_every_digit(text: str, value: str) -> None:
    assert total(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Total: EUR 12345.67", "12345.67 EUR"),
        ("Total: 1.234,50 EUR", "1234.5 EUR"),
        ("Total: €59,00", "59 EUR"),
        ("合计：1234567.89元", "1234567.89 CNY"),
        ("金额：￥１２３４５．６７", "12345.67 CNY"),
        ("合計：1,234,567円", "1234567 JPY"),
        ("Total: VND 1.250.000", "1250000 VND"),
        ("Total: $1,299.00", "1299 USD"),
    ],
)
def test_a_total_with_a_currency_is_in_its_normal_form(text: str, value: str) -> None:
    assert total(text) == value


@pytest.mark.parametrize(
    ("text", "expected", "standing"),
    [
        ("Total 12,345.67", "12345.67", Standing.MATCHES),
        ("Total 12,345.67", "12345.68", Standing.DIFFERS),
        ("合計 1,234,567", "1234567 JPY", Standing.MATCHES),
        ("合計 1,234,567", "1234568 JPY", Standing.DIFFERS),
        ("Total: EUR 59.00", "59 EUR", Standing.MATCHES),
        ("Total: EUR 59.00", "59", Standing.MATCHES),
        ("Total: EUR 59.00", "59.00 EUR", Standing.MATCHES),
        ("Total: EUR 59.00", "59 USD", Standing.DIFFERS),
        ("Total: free", "59 USD", Standing.UNREADABLE),
        ("Total:", "59 USD", Standing.MISSING),
        ("Quantity: 1", "59 USD", Standing.MISSING),
    ],
)
def test_a_total_is_compared_to_the_cent(text: str, expected: str, standing: Standing) -> None:
    (finding,) = compared(slip_fields([line(text)]), OrderFacts(total=expected))
    assert (finding.standing, finding.expected) == (standing, expected)


@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.74])
def test_a_large_total_that_was_hardly_read_is_looked_at_by_a_person(confidence: float) -> None:
    findings = compared(slip_fields([line("Total 12,345.61", confidence=confidence)]), OrderFacts(total="12345.67"))
    assert [each.standing for each in findings] == [Standing.UNREADABLE]
    assert verdict_of(findings) is FormVerdict.REVIEW


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Qty: 12 pcs", "12"),
        ("数量：x3", "3"),
        ("数量：×10", "10"),
        ("Quantity 007", "7"),
        ("Qty 1000", ""),
        ("Qty -1", ""),
    ],
)
def test_a_quantity_is_a_number_of_pieces_or_not_readable(text: str, value: str) -> None:
    assert slip_fields([line(text)])[FormField.QUANTITY].value == value
