"""Whether an answer contains the gold answer."""

from __future__ import annotations

from collections.abc import Iterable

from evals.metrics.normalize import normalize

__all__ = ["contains"]


def contains(answer: str, golds: Iterable[str]) -> bool:
    """Tell whether one of `golds` is a substring of `answer`, both normalised; an empty gold never is.

    Source: accuracy by inclusion, as Mallen et al., When Not to Trust Language Models, ACL 2023, count it, with the
    normalisation of `evals.metrics.normalize`; so a short number is also found inside a longer one.
    """
    text = normalize(answer)
    return any(gold in text for gold in map(normalize, golds) if gold)
