"""How long to wait before a call that failed is made again."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Patience", "retry_after"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a call is repeated, after pauses that double from the first to the longest and vary by half.

    A server that is overloaded may say how long to wait; it is waited for that long, but never longer than `longest_s`.
    """

    retries: int = 4
    first_s: float = 0.1
    longest_s: float = 5.0

    def pause(self, failed: int, asked_s: float = 0.0) -> float:
        """Return how long to wait after so many failures."""
        grown: float = min(self.longest_s, self.first_s * 2 ** (failed - 1))
        varied = grown * random.uniform(0.5, 1.5)  # noqa: S311 - so that not all come back at once
        return min(self.longest_s, max(varied, asked_s))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a reply asks to wait (Retry-After, RFC 9110); None if it does not say, or names a date.

    `headers` find names whatever their case.
    """
    asked = headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None
