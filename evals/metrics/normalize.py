"""Normalise answers so that spelling variants compare equal."""

from __future__ import annotations

import unicodedata

from engine.languages.folding import fold

__all__ = ["normalize"]


def normalize(text: str) -> str:
    """Return `text` folded (NFKC, case, width, simplified Han), its punctuation and white space removed."""
    return "".join(char for char in fold(text).casefold() if not _dropped(char))


def _dropped(char: str) -> bool:
    return char.isspace() or unicodedata.category(char).startswith("P")
