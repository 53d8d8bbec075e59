"""The repositories of what is read out of a desk's work; each is made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.ports.events import EventRepository
    from engine.ports.graph import GraphRepository
    from engine.ports.quality import QualityRepository

__all__ = ["DeskRepositories"]


class DeskRepositories(Protocol):
    """What only some calls need, so that others do not load it."""

    @property
    def quality(self) -> QualityRepository:
        """Replies that were checked, and promises."""
        ...

    @property
    def events(self) -> EventRepository:
        """What customers and their orders did, and the messages that were drafted of it."""
        ...

    @property
    def graph(self) -> GraphRepository:
        """What documents tell of products, error codes, parts and policies."""
        ...
