"""Telling languages apart."""

from __future__ import annotations

from typing import Protocol

__all__ = ["LanguageDetector"]


class LanguageDetector(Protocol):
    """Tells the language of a short text."""

    def detect(self, text: str) -> str:
        """Return a BCP 47 tag ("zh-Hans", "zh-Hant", "en", "ja"), or "und" where the text tells nothing."""
        ...
