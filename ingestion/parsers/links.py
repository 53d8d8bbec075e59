"""Where a page links to, as its metadata keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag, urlsplit

from engine.domain.upkeep import LINKS

__all__ = ["links_field"]

MOST = 200


def links_field(targets: Iterable[str]) -> dict[str, object]:
    """Return the field for the links of a page, without mail addresses and places within it; nothing if it has none."""
    pages = (urldefrag(target.strip()).url for target in targets)
    kept = dict.fromkeys(page for page in pages if page and _is_page(page))
    return {LINKS: " ".join(list(kept)[:MOST])} if kept else {}


def _is_page(target: str) -> bool:
    try:
        return urlsplit(target).scheme in {"", "http", "https"} and not target.split()[1:]
    except ValueError:  # no address at all
        return False
