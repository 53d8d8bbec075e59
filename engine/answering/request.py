"""What a caller asks of the answer engine."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from engine.domain.channel import Channel
from engine.domain.conversation import Turn
from engine.domain.search import SearchFilter
from engine.errors import InvalidInput

__all__ = ["SHORTEN", "AnswerRequest", "says_something", "validated"]

SHORTEN = "Shorten it."


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """A question with its surroundings.

    `history` (oldest first) overrides what is stored under `conversation_id`. `language` (BCP 47) overrides detection.
    Without `filter.as_of`, documents that hold today are used. `threshold` overrides the configured one, 0..1.
    `after_handoff` answers although a person has taken over. `channel` bounds the length. `customer` is
    the caller's id of whoever asks, so that what is kept can be told and erased.
    """

    question: str
    history: tuple[Turn, ...] = ()
    conversation_id: str = ""
    language: str = ""
    filter: SearchFilter = field(default_factory=SearchFilter)
    threshold: float | None = None
    after_handoff: bool = False
    channel: Channel = Channel.CHAT
    customer: str = ""


def validated(
    text: str,
    *,
    limit: int,
    what: str = "question",
    remedy: str = "Shorten it, or raise KNOWDESK_MAX_QUESTION_CHARS.",
) -> str:
    """Return the text trimmed; InvalidInput if it is empty or, with the remedy, longer than `limit` characters."""
    trimmed = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()
    if not trimmed:
        raise InvalidInput(f"The {what} is empty.", remedy=f"Send a {what} with at least one character.")
    if len(trimmed) > limit:
        raise InvalidInput(
            f"The {what} has {len(trimmed)} characters; at most {limit} are allowed.",
            remedy=remedy,
        )
    return trimmed


def says_something(text: str) -> bool:
    """Tell whether a text has a letter or digit: emoji and punctuation alone ask nothing."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)
