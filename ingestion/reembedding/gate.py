"""What an index must find before it comes into use."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.trial import TOLERANCE
from engine.encoder.gain import Asked

__all__ = ["Gate"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be found: by MRR@10, at most `tolerance` less than before, in all and in each language.

    Without questions the titles of some pages stand for them, which shows no more than that the index works.
    """

    questions: tuple[Asked, ...] = ()
    tolerance: float = TOLERANCE
