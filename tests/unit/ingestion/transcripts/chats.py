"""Small conversations for tests."""

from __future__ import annotations

from engine.languages.speaker_labels import Speaker
from ingestion.transcripts.conversation import Conversation, Turn

__all__ = ["AGENT", "BOT", "CUSTOMER", "SYSTEM", "UNKNOWN", "chat", "said"]

CUSTOMER, AGENT, BOT = Speaker.CUSTOMER, Speaker.AGENT, Speaker.BOT
SYSTEM, UNKNOWN = Speaker.SYSTEM, Speaker.UNKNOWN
_BY_LETTER = {"c": CUSTOMER, "a": AGENT, "b": BOT, "s": SYSTEM, "u": UNKNOWN}


def chat(*turns: str, language: str = "en", resolved: bool | None = None, title: str = "") -> Conversation:
    """Return a conversation of turns such as "c: It stops."; the letter tells who speaks."""
    found = tuple(Turn(_BY_LETTER[turn[0]], turn[2:].strip()) for turn in turns)
    return Conversation(found, language=language, resolved=resolved, title=title)


def said(conversation: Conversation | None) -> list[tuple[str, str]]:
    """Return (speaker, text) of each turn."""
    assert conversation is not None
    return [(turn.speaker.value, turn.text) for turn in conversation.turns]
