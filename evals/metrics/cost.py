"""What an answer of a language model costs."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Price", "cost"]


@dataclass(frozen=True, slots=True)
class Price:
    """Price of a million tokens of the prompt and of the reply, in any one currency."""

    prompt: float
    reply: float


def cost(prompt_tokens: int, reply_tokens: int, price: Price) -> float:
    """Return the price of one call: (prompt tokens * price + reply tokens * price) / 1,000,000."""
    return (prompt_tokens * price.prompt + reply_tokens * price.reply) / 1_000_000
