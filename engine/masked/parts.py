"""The adapters of an engine, keeping no personal data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.administration import EngineParts
from engine.guard.findings import PersonalKind
from engine.masked.conversations import MaskedConversations
from engine.masked.events import MaskedEvents
from engine.masked.feedback import MaskedFeedback
from engine.masked.suggestions import MaskedSuggestions

__all__ = ["kept_masked"]


def kept_masked(parts: EngineParts, kinds: Collection[PersonalKind] = ()) -> EngineParts:
    """Return the parts, masking what customers and agents write before it is stored; `kinds` empty: all."""
    return replace(
        parts,
        conversations=MaskedConversations(parts.conversations, kinds),
        feedback=MaskedFeedback(parts.feedback, kinds),
        suggestions=MaskedSuggestions(parts.suggestions, kinds),
        desk=replace(parts.desk, events=MaskedEvents(parts.desk.events, kinds)) if parts.desk else None,
    )
