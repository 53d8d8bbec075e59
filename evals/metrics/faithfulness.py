"""Faithfulness by claim: do the numbers, dates, codes and names of an answer stand in its evidence."""

from __future__ import annotations

import re

from engine.languages.folding import fold
from engine.languages.quantities import quantities, quantities_supported

__all__ = ["claims", "faithfulness"]

# A capitalised Latin word that does not open a sentence ("Visa"), or one with a capital inside ("eInvoice").
_NAME = re.compile(r"(?<![.!?。！？:：\n]\s)(?<!^)\b[A-Z][\w'’-]+|\b\w*[a-z][A-Z]\w*", re.MULTILINE)


def claims(answer: str) -> tuple[str, ...]:
    """Return the checkable claims of an answer, as written: quantities of every kind, then Latin names and codes."""
    found = [(each.span.start, each.span.end) for each in quantities(answer)]
    names = (match for match in _NAME.finditer(answer) if not _inside(match.span(), found))
    return tuple(dict.fromkeys([*(answer[start:end] for start, end in found), *(name[0] for name in names)]))


def faithfulness(answer: str, evidence: str) -> float:
    """Return |claims that `evidence` supports| / |claims|; 1 for an answer without a checkable claim.

    A quantity is supported in any notation and unit (48 hours, two days); a name if its folded form stands in the
    evidence. Source: the ratio of RAGAS (Es et al., EACL 2024), with rules instead of a language model as the judge:
    it finds wrong facts, not wrong relations between them.
    """
    found = claims(answer)
    folded = fold(evidence).casefold()
    supported = sum(_supported(claim, evidence, folded) for claim in found)
    return supported / len(found) if found else 1.0


def _supported(claim: str, evidence: str, folded: str) -> bool:
    if fold(claim).casefold() in folded:
        return True
    return bool(quantities(claim)) and quantities_supported(claim, evidence)


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
