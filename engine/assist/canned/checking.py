"""Check a canned reply before it is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from engine.answering.request import SHORTEN, validated
from engine.domain.canned_reply import CannedReply
from engine.errors import InvalidInput

__all__ = ["LANGUAGE_PATTERN", "MAX_TEXT", "MAX_WORDS", "SHORTCUT_PATTERN", "checked_reply"]

SHORTCUT_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
LANGUAGE_PATTERN: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
MAX_TEXT: Final = 4000
MAX_WORDS: Final = 200  # characters of title and category


def checked_reply(reply: CannedReply) -> CannedReply:
    """Return the reply trimmed; InvalidInput names what is wrong with it."""
    if not re.fullmatch(SHORTCUT_PATTERN, reply.shortcut):
        raise InvalidInput(
            f"{reply.shortcut[:100]!r} cannot be a shortcut.",
            remedy="Use up to 100 letters, digits, dots, hyphens and underscores, a letter or digit first.",
        )
    if not re.fullmatch(LANGUAGE_PATTERN, reply.language):
        raise InvalidInput(f"The language of {reply.shortcut!r} is no BCP 47 tag.", remedy="Write it as in zh-Hans.")
    if len(reply.category) > MAX_WORDS:
        raise InvalidInput(f"The category of {reply.shortcut!r} is too long.", remedy=f"At most {MAX_WORDS}.")
    return replace(
        reply,
        title=validated(reply.title, limit=MAX_WORDS, what="title", remedy=SHORTEN),
        text=validated(reply.text, limit=MAX_TEXT, what="text of the reply", remedy=SHORTEN),
        category=reply.category.strip(),
    )
