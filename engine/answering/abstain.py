"""Say honestly that there is no answer."""

from __future__ import annotations

from engine.domain.answer import Abstention, AbstentionReason
from engine.languages.registry import profile_for

__all__ = ["abstention"]


def abstention(reason: AbstentionReason, language: str) -> Abstention:
    """Return the abstention with what to tell the customer in `language`."""
    phrases = profile_for(language).phrases
    message = {
        AbstentionReason.NO_EVIDENCE: phrases.no_evidence,
        AbstentionReason.LOW_CONFIDENCE: phrases.low_confidence,
        AbstentionReason.CONFLICT: phrases.conflict,
        AbstentionReason.UNSAFE: phrases.unsafe,
    }[reason]
    return Abstention(reason, message)
