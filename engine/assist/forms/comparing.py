"""Hold the fields of a slip against the order, and decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from engine.assist.forms.fields import SlipField, code_form
from engine.domain.form import FieldFinding, FormField, FormVerdict, OrderFacts, Standing
from engine.languages.folding import fold

__all__ = ["compared", "verdict_of"]

SURE: Final = 0.75  # confidence below which what differs may have been misread
_CODES: Final = {FormField.TRACKING_NUMBER, FormField.SKU}
_GRAVE: Final = {(FormField.SKU, Standing.DIFFERS), (FormField.DATE, Standing.LATE)}


def compared(fields: Mapping[FormField, SlipField], order: OrderFacts) -> tuple[FieldFinding, ...]:
    """Return how each field that the order speaks of stands, in the order of FormField."""
    return tuple(_finding(field, fields.get(field), expected, order) for field, expected in _expected(order))


def verdict_of(findings: Sequence[FieldFinding]) -> FormVerdict:
    """Return the verdict: another article or a late date is rejected, anything else that does not match is reviewed."""
    if any((each.field, each.standing) in _GRAVE for each in findings):
        return FormVerdict.REJECT
    matches = all(each.standing is Standing.MATCHES for each in findings)
    return FormVerdict.ACCEPT if matches else FormVerdict.REVIEW


def _expected(order: OrderFacts) -> Iterator[tuple[FormField, str]]:
    for field, value in (
        (FormField.TRACKING_NUMBER, order.tracking_number),
        (FormField.SKU, order.sku),
        (FormField.QUANTITY, order.quantity),
        (FormField.REASON, order.reason),
        (FormField.DATE, order.until),
        (FormField.TOTAL, order.total),
    ):
        if value is not None:
            yield field, str(value)


def _finding(field: FormField, read: SlipField | None, expected: str, order: OrderFacts) -> FieldFinding:
    if read is None or not read.text:
        return FieldFinding(field, Standing.MISSING, "", expected, read.confidence if read else 0.0)
    return FieldFinding(field, _standing(read, expected, order), read.value, expected, read.confidence)


def _standing(read: SlipField, expected: str, order: OrderFacts) -> Standing:
    if not read.value:
        return Standing.UNREADABLE
    if read.field is FormField.DATE:
        return _dated(read.value, order.until)
    if _same(read, expected):
        return Standing.MATCHES
    return Standing.DIFFERS if read.confidence >= SURE else Standing.UNREADABLE


def _dated(value: str, until: date | None) -> Standing:
    try:
        day = date.fromisoformat(value)
    except ValueError:  # without a year, or a day that there is not
        return Standing.UNREADABLE
    return Standing.LATE if until and day > until else Standing.MATCHES


def _same(read: SlipField, expected: str) -> bool:
    if read.field in _CODES:
        return code_form(read.value) == code_form(expected)
    if read.field is FormField.REASON:
        return fold(expected).strip() in read.value or read.value in fold(expected)
    if read.field is FormField.TOTAL:
        number, _, currency = read.value.partition(" ")
        other, _, unit = expected.partition(" ")
        return float(number) == float(other) and (not currency or not unit or currency == unit.upper())
    return read.value == expected
