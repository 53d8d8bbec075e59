"""What stands in a scrubbed text in place of personal data, such as "[name 1]"."""

from __future__ import annotations

import re

__all__ = ["PLACEHOLDER", "without_placeholders"]

PLACEHOLDER = re.compile(r"\[(email|phone|card|iban|ip|id|link|address|name) (\d{1,6})\]")


def without_placeholders(text: str) -> str:
    """Return a scrubbed text as it is searched for: placeholders are no words of the customer's question."""
    return re.sub(rf"\s*{PLACEHOLDER.pattern}", "", text).strip()
