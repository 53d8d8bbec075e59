"""Find numbers, amounts, dates, times and codes in text, in a form that can be compared across languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.languages.folding import fold_with_offsets, original_span
from engine.languages.overlaps import first_of_overlapping
from engine.languages.quantity_patterns import QuantityKind, candidates

__all__ = ["Quantity", "QuantityKind", "quantities", "quantities_supported"]

# Footnote marks, circled digits and the numbers of list items say nothing.
_MONTH = "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"  # "31. Januar"
_MARKS = re.compile(rf"\[\d{{1,3}}\]|[①-⑳]|^[ \t]*\d{{1,2}}(?:[)、]|\.(?=\s)(?!\s{_MONTH}\b))", re.MULTILINE)
_GROUPING_SPACE = re.compile(
    "(?<=\\d)(?:[\u00a0\u202f]| (?=\\d{3}(?: \\d{3})*\\s?(?:€|₽|EUR|CHF|руб)))(?=\\d{3}(?!\\d))"
)
_FULL_WIDTH_COMMA = re.compile("，(?![０-９]{3})")  # else it groups full-width digits
_SIGNS = str.maketrans({"٫": ".", "٬": "'"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `span` of the text.

    `values` are its possible readings in one normal form ("4.9 EUR", "2592000 s" for thirty days, "2026-03-01",
    "14:00", "mv-2026-004512"), likeliest first; two quantities agree if they share one. `numbers` are the bare
    numbers as written, without their unit.
    """

    kind: QuantityKind
    values: tuple[str, ...]
    numbers: tuple[str, ...]
    span: Span

    @property
    def value(self) -> str:
        """The likeliest reading."""
        return self.values[0]


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of `text` in order, without overlaps; never raises.

    Chinese numerals and number words count where a unit follows. Durations and measures are converted to base units,
    so that "48 hours" and "两天" agree; working days are a unit of their own.
    """
    folded, offsets = fold_with_offsets(_prepared(text))
    found = first_of_overlapping(candidates(folded), len(folded))
    return [Quantity(kind, *reading, original_span(offsets, start, end)) for start, end, (kind, reading) in found]


def _prepared(text: str) -> str:
    """Clear up what separates digits; every character keeps its place."""
    text = _MARKS.sub(lambda mark: " " * len(mark[0]), text)
    return _FULL_WIDTH_COMMA.sub("、", _GROUPING_SPACE.sub("'", text)).translate(_SIGNS)


def quantities_supported(claim: str, evidence: str) -> bool:
    """Tell whether every quantity of `claim` stands in `evidence`.

    A unit may be missing on one side (a table's cell), and a date may be less exact in the claim.
    """
    known = quantities(evidence)
    return all(any(_supports(other, quantity) for other in known) for quantity in quantities(claim))


def _supports(known: Quantity, claimed: Quantity) -> bool:
    if known.kind is claimed.kind:
        if not set(known.values).isdisjoint(claimed.values):
            return True
        dates = known.kind is QuantityKind.DATE
        return dates and any(_says(exact, loose) for exact in known.values for loose in claimed.values)
    bare = QuantityKind.NUMBER in {known.kind, claimed.kind}
    return bare and not set(known.numbers).isdisjoint(claimed.numbers)


def _says(exact: str, loose: str) -> bool:
    """Tell whether an ISO 8601 date says all that a less exact one says."""
    if loose.startswith("--"):
        return not exact.startswith("--") and exact[4:] == loose[1:]
    return exact.startswith(f"{loose}-")
