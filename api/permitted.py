"""What a client may have the server read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.schemas.jobs import PlaceKind, SourceIn
from engine.errors import InvalidInput

__all__ = ["check_permitted"]


def check_permitted(source: SourceIn, places: Sequence[str]) -> None:
    """Raise InvalidInput unless the source is on the web, or below one of the `places` that the settings name."""
    if source.kind in (PlaceKind.URL, PlaceKind.SITEMAP):
        if not source.location.lower().startswith(("http://", "https://")):
            raise InvalidInput("A web address begins with https:// or http://.", remedy="Send the whole address.")
    elif source.kind is PlaceKind.FOLDER:
        if "://" in source.location or not any(_is_below(source.location, place) for place in places):
            raise _forbidden("folder")
    elif ".." in source.location or not any(_is_within(source.location, place) for place in places):
        raise _forbidden("storage")


def _is_below(location: str, place: str) -> bool:
    return "://" not in place and Path(location).resolve().is_relative_to(Path(place).resolve())


def _is_within(location: str, place: str) -> bool:
    return "://" in place and f"{location.rstrip('/')}/".startswith(f"{place.rstrip('/')}/")


def _forbidden(kind: str) -> InvalidInput:
    return InvalidInput(f"The server does not read this {kind}.", remedy="Name it in KNOWDESK_JOB_PLACES.")
