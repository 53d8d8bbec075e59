"""What public keys may be used for, as it is asked for and as it is kept."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from engine.domain.access import PublicUse
from engine.errors import InvalidInput

__all__ = ["MAX_ORIGINS", "checked_origin", "checked_use"]

MAX_ORIGINS = 50
DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{1,5})?", re.IGNORECASE)


def checked_use(use: PublicUse) -> PublicUse:
    """Return the use with its origins as browsers send them; InvalidInput names what is wrong."""
    if not use.origins or len(use.origins) > MAX_ORIGINS:
        raise InvalidInput(
            "A public key needs the origins of its pages.", remedy=f"Give 1 to {MAX_ORIGINS}, as https://shop.example."
        )
    if not use.knowledge_base.strip():
        raise InvalidInput("A public key needs a knowledge base.", remedy="Name the one that visitors may ask.")
    _check_limits(use.rate_limits)
    origins = tuple(dict.fromkeys(map(checked_origin, use.origins)))
    return PublicUse(origins, use.knowledge_base.strip(), use.rate_limits.strip())


def checked_origin(text: str) -> str:
    """Return an origin as browsers send it (small letters, no usual port), or raise InvalidInput."""
    said = text.strip().removesuffix("/").lower()
    wrong = InvalidInput(
        "That is no origin of a page.",
        remedy="Write scheme, host and, if it is not the usual one, port: https://shop.example; no star, no path.",
    )
    if not _ORIGIN.fullmatch(said):
        raise wrong
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    return said.rpartition(":")[0] if port is not None and port == DEFAULT_PORTS[parts.scheme] else said


def _check_limits(text: str) -> None:
    from limits import parse_many

    try:
        if text.strip():
            parse_many(text)
    except ValueError as error:
        raise InvalidInput("These rate limits cannot be read.", remedy='Such as "600/minute; 20000/day".') from error
