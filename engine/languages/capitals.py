"""Begin a text with a capital."""

from __future__ import annotations

__all__ = ["capitalized"]


def capitalized(text: str) -> str:
    """Return a text that begins with a capital, of the same length; a word such as eSIM stays as it is written."""
    word = (text.split(maxsplit=1) or [""])[0]
    first = text[:1].upper()
    return text if len(first) != 1 or any(char.isupper() for char in word[1:]) else first + text[1:]
