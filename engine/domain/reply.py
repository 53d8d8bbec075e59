"""What was replied to a request, kept for when it is sent again."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KeptReply"]


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply, or the claim of a request that is under way: then `status` is None.

    `request` stands for what was asked; another request under the same key is told apart by it.
    """

    request: str
    status: int | None = None
    media_type: str = ""
    body: bytes = b""
