"""Correction for testing many hypotheses at once."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["holm"]


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return adjusted p-values, in the given order: compared with alpha, at most alpha of the families err at all.

    The i-th smallest (from 1) of m is multiplied by m - i + 1, never falls below the one before, and is at most 1.
    Source: Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
    """
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted, floor = [0.0] * len(p_values), 0.0
    for rank, at in enumerate(order):
        floor = max(floor, min(1.0, p_values[at] * (len(order) - rank)))
        adjusted[at] = floor
    return tuple(adjusted)
