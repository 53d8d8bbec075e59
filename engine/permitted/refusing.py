"""What views refuse: to write what they show only a part of."""

from __future__ import annotations

from typing import NoReturn

from engine.errors import Forbidden

__all__ = ["refused"]


def refused(*_: object, **__: object) -> NoReturn:
    """Raise Forbidden, in the place of a method that writes."""
    raise Forbidden(
        "Who sees only some documents may change none.", remedy="Use a key that is not bound to access lists."
    )
