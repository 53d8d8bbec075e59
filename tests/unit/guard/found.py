"""What a finder finds, as texts."""

from __future__ import annotations

from engine.guard.findings import PersonalKind
from engine.guard.personal_data import find

__all__ = ["found"]


def found(text: str, language: str = "en", *kinds: PersonalKind) -> list[tuple[str, str]]:
    """Return (kind, value) of everything found, or of `kinds` alone."""
    data = find(text, language, kinds=kinds or frozenset(PersonalKind))
    return [(datum.kind.value, datum.span.of(text)) for datum in data]
