"""Keeping replies that were written beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.canned_reply import CannedReply

__all__ = ["CannedRepository"]


class CannedRepository(Protocol):
    """Canned replies of knowledge bases; NotFound is raised for an unknown one."""

    def revision(self, knowledge_base: str) -> int:
        """Return a number that grows with every change of the replies, but not of their counts; 0 before the first."""
        ...

    def replies(self, knowledge_base: str) -> tuple[CannedReply, ...]:
        """Return the replies, ordered by shortcut and language."""
        ...

    def reply(self, id: str) -> CannedReply:
        """Return a reply, or raise NotFound."""
        ...

    def put(self, knowledge_base: str, replies: Sequence[CannedReply], *, replace_all: bool = False) -> None:
        """Add replies, or put them in the place of those with their ids, all at once.

        Counts of replies that are there already stay. With `replace_all` every other reply is removed.
        """
        ...

    def remove(self, id: str) -> None:
        """Remove a reply, or raise NotFound."""
        ...

    def count(self, id: str, *, used: int, accepted: int) -> None:
        """Add to the counts of a reply; one that is no longer there is passed over."""
        ...
