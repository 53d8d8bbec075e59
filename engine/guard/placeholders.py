"""What stands in a scrubbed text in place of personal data, such as "[name 1]"."""

from __future__ import annotations

import re

__all__ = ["PLACEHOLDER", "REWRITTEN", "begun_at", "without_placeholders"]

_WORDS = "email|phone|card|iban|ip|id|link|address|name"
PLACEHOLDER = re.compile(rf"\[({_WORDS}) (\d{{1,6}})\]")
REWRITTEN = re.compile(rf"[\[［【]\s?({_WORDS})[ _]?(\d{{1,6}})\s?[\]］】]", re.IGNORECASE)
"""A placeholder as language models hand it back: in other brackets, with a capital."""
_BEGUN = re.compile(r"[\[［【]\s?(?:[A-Za-z]{1,7}(?:[ _]?(?:\d{1,6}\s?)?)?)?\Z")


def begun_at(text: str) -> int:
    """Return where at the end of a text a placeholder may have begun that is not complete, else the text's length."""
    found = _BEGUN.search(text)
    return found.start() if found else len(text)


def without_placeholders(text: str) -> str:
    """Return a scrubbed text as it is searched for: placeholders are no words of the customer's question."""
    return re.sub(rf"\s*{PLACEHOLDER.pattern}", "", text).strip()
