"""A photographed return slip or receipt, and how it compares with the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.domain.answer import Citation

__all__ = ["FieldFinding", "FormCheck", "FormField", "FormVerdict", "OrderFacts", "SlipLine", "Standing"]


class FormField(StrEnum):
    """What is read off a slip."""

    TRACKING_NUMBER = "tracking_number"
    SKU = "sku"
    QUANTITY = "quantity"
    REASON = "reason"
    DATE = "date"
    TOTAL = "total"


class Standing(StrEnum):
    """How a field compares with the order."""

    MATCHES = "matches"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    DIFFERS = "differs"
    LATE = "late"


class FormVerdict(StrEnum):
    """What to do with the slip."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line that was read: its left, top, right and bottom in pixels, and the reader's confidence, 0..1."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """What the order says; what is None is not compared. `until` is the last day on which the slip may be dated.

    `total` is an amount with its currency, such as "259 CNY"; a slip without a currency is compared by the number.
    """

    tracking_number: str | None = None
    sku: str | None = None
    quantity: int | None = None
    reason: str | None = None
    until: date | None = None
    total: str | None = None


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """What was read of a field ("" for nothing), in comparable form, and how it stands with what was expected."""

    field: FormField
    standing: Standing
    found: str
    expected: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FormCheck:
    """The verdict with a finding for each compared field, and what a policy says about it, if one was found."""

    verdict: FormVerdict
    language: str
    findings: tuple[FieldFinding, ...]
    resolution: Citation | None = None
