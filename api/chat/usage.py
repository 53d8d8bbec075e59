"""How many tokens a conversation has, roughly: counted by the bundled encoder's tokenizer, not a language model's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from api.schemas.chat import ChatMessageIn, ChatUsageOut
from engine.embedding.static import StaticEmbedder

__all__ = ["token_count", "usage"]


def usage(messages: tuple[ChatMessageIn, ...], reply: str) -> ChatUsageOut:
    """Count all that was sent and the reply."""
    asked, told = token_count(message.text for message in messages), token_count([reply])
    return ChatUsageOut(prompt_tokens=asked, completion_tokens=told, total_tokens=asked + told)


def token_count(texts: Iterable[str]) -> int:
    """Return how many tokens the texts have together."""
    return sum(map(len, _tokenizer().tokenize(list(texts))))


@cache
def _tokenizer() -> StaticEmbedder:
    return StaticEmbedder()
