"""What a knowledge base's own golden questions say about how sure answers from it may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Calibration", "Thresholds"]

Thresholds = tuple[tuple[float, float], ...]
"""Pairs of an accepted error and the confidence from which answers keep to it, by rising error."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A correction of the shipped confidence: its log-odds times `slope` plus `intercept` (Platt scaling).

    `basis` names the shipped models that it corrects: it means nothing for others. `questions` is how many it was
    fitted on, `fitted_on` the day (ISO 8601).
    """

    slope: float
    intercept: float
    thresholds: Thresholds
    questions: int
    basis: str
    fitted_on: str
