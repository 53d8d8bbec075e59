"""How wide a text is, whatever it is written in."""

from __future__ import annotations

__all__ = ["columns"]


def columns(text: str) -> int:
    """Return the width in columns: Han, kana and hangul take two."""
    return len(text) + sum(char > "\u2e7f" for char in text)
