"""Tell clients that a call will go: RFC 9745 (`Deprecation`) and RFC 8594 (`Sunset`)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any

from fastapi import Depends, Response

__all__ = ["deprecated"]


def deprecated(*, since: date, sunset: date, successor: str) -> Any:
    """Return the dependency of a route that is replaced by the path `successor` and ends on the day `sunset`.

    The route itself is declared with `deprecated=True`. ValueError if less than half a year lies between.
    """
    if (sunset - since).days < 182:
        raise ValueError("A call is kept for at least half a year after it was deprecated.")
    headers = {
        "Deprecation": f"@{int(_midnight(since).timestamp())}",
        "Sunset": format_datetime(_midnight(sunset), usegmt=True),
        "Link": f'<{successor}>; rel="successor-version"',
    }

    async def tell(response: Response) -> None:
        response.headers.update(headers)

    return Depends(tell)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
