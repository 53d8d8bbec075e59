"""Citation recall: how much of the expected evidence is cited."""

from __future__ import annotations

from collections.abc import Collection

from evals.metrics.normalize import normalize

__all__ = ["Evidence", "citation_recall"]

Evidence = tuple[str, str]
"""A document and a quote of it; an empty quote stands for any place in the document."""


def citation_recall(cited: Collection[Evidence], expected: Collection[Evidence]) -> float:
    """Return |expected evidence that a citation covers| / |expected evidence|; 0 if nothing is expected.

    A citation covers a piece of evidence if it is from the same document and one of the two quotes contains the other,
    both normalised. Source: as citation precision.
    """
    known = [(document, normalize(quote)) for document, quote in cited]
    covered = sum(any(_covers(each, (document, normalize(quote))) for each in known) for document, quote in expected)
    return covered / len(expected) if expected else 0.0


def _covers(cited: Evidence, expected: Evidence) -> bool:
    same = cited[0] == expected[0]
    return same and (expected[1] in cited[1] or (bool(cited[1]) and cited[1] in expected[1]))
