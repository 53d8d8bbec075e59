"""Find the passages that bear on what a customer asks."""

from __future__ import annotations

from engine.assist.suggesting.situation import Situation
from engine.domain.search import Passage
from engine.guard.injection_screen import screened
from engine.service import Engine

__all__ = ["found_passages"]


def found_passages(engine: Engine, situation: Situation, *, limit: int) -> tuple[Passage, ...]:
    """Return the passages for the question, best first, without documents that the caller wants left out.

    NotFound for an unknown knowledge base.
    """
    found = engine.search(
        situation.knowledge_base, situation.question, limit=limit, language=situation.language, highlight=False
    ).passages
    without = frozenset(situation.request.without)
    kept = [each for each in found if without.isdisjoint({each.uri, each.uri.partition("#")[0]})]
    return screened(kept, engine.options.quarantine)
