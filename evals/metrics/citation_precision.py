"""Citation precision: how much of what is cited is evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["citation_precision"]


def citation_precision(cited: Sequence[str], expected: Collection[str]) -> float:
    """Return |citations of expected documents| / |citations|; `cited` names each citation's document, 0 if empty.

    Source: Liu, Zhang and Liang, Evaluating Verifiability in Generative Search Engines, EMNLP 2023, with the judgement
    whether a citation supports the answer taken from the gold documents.
    """
    return sum(document in expected for document in cited) / len(cited) if cited else 0.0
