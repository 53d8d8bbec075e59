"""An engine as somebody on some access lists sees it."""

from __future__ import annotations

from dataclasses import replace

from engine.permitted.conversations import PermittedConversations
from engine.permitted.knowledge import PermittedKnowledge
from engine.permitted.store import PermittedStore
from engine.permitted.suggestions import PermittedSuggestions
from engine.service import Engine

__all__ = ["permitted"]


def permitted(engine: Engine, access: tuple[str, ...] | None) -> Engine:
    """Return the engine, narrowed to the documents that somebody on the lists `access` sees; None narrows nothing.

    Searches, answers, citations and checks then know nothing of other documents. The view shares models and files with
    `engine`, which is to be closed instead of it.
    """
    if access is None:
        return engine
    parts = replace(
        engine.parts,
        store=PermittedStore(engine.parts.store, access),
        knowledge=PermittedKnowledge(engine.parts.knowledge, access),
        customers=None,
        proposals=None,
        insights=None,
        desk=None,
        conversations=PermittedConversations(engine.parts.conversations, access),
        suggestions=PermittedSuggestions(engine.parts.suggestions, access),
    )
    view = Engine(parts, engine.options)
    view.make_checks = engine.make_checks
    return view
