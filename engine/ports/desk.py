"""The repositories of what is read out of a desk's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.ports.events import EventRepository
    from engine.ports.graph import GraphRepository
    from engine.ports.quality import QualityRepository

__all__ = ["DeskRepositories"]


@dataclass(frozen=True, slots=True)
class DeskRepositories:
    """Replies that were checked, with promises; events, with the messages drafted of them; and the graph."""

    quality: QualityRepository
    events: EventRepository
    graph: GraphRepository
