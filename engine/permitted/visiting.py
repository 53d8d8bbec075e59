"""An engine as visitors of a page see it: one knowledge base, and of all conversations the one whose id they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.domain.conversation import Turn
from engine.domain.knowledge import Document, DocumentFilter, KnowledgeBase, stable_id
from engine.errors import NotFound
from engine.missing import no_conversation, no_document
from engine.permitted.conversations import PermittedConversations
from engine.permitted.knowledge import PermittedKnowledge
from engine.permitted.view import permitted
from engine.ports import BuiltIndex, ConversationRepository, KnowledgeRepository
from engine.service import Engine

__all__ = ["VisitedConversations", "VisitedKnowledge", "visited"]


def visited(engine: Engine, knowledge_base: str, access: tuple[str, ...]) -> Engine:
    """Return the engine, narrowed to one knowledge base, the access lists of its key, and visitors' conversations."""
    view = permitted(engine, access)
    parts = replace(
        view.parts,
        knowledge=VisitedKnowledge(engine.parts.knowledge, access, knowledge_base),
        conversations=VisitedConversations(engine.parts.conversations, access, knowledge_base),
    )
    narrowed = Engine(parts, engine.options)
    narrowed.make_checks = engine.make_checks
    return narrowed


class VisitedConversations(PermittedConversations):
    """Conversations that visitors began, apart from all others; an id is a secret between its visitor and us.

    Nobody begins one under an id of their choice, which others might guess: whoever sends one goes on with it.
    """

    def __init__(self, conversations: ConversationRepository, access: tuple[str, ...], knowledge_base: str) -> None:
        super().__init__(conversations, access)
        self._prefix = f"{stable_id('visitors', knowledge_base, *sorted(access))}:"

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; NotFound for an unknown conversation."""
        found = super().history(conversation_id, last=last)
        if not found:
            raise no_conversation(conversation_id)
        return found


class VisitedKnowledge(PermittedKnowledge):
    """Hides every knowledge base but one, as if it did not exist."""

    def __init__(self, knowledge: KnowledgeRepository, access: tuple[str, ...], knowledge_base: str) -> None:
        super().__init__(knowledge, access)
        self._only = knowledge_base

    def knowledge_base(self, name: str) -> KnowledgeBase:
        """Return it; NotFound, which names no others."""
        found = next((each for each in self.knowledge_bases() if each.name == name), None)
        if found is None:
            raise NotFound(f"There is no knowledge base {name!r}.", remedy="Use the one that the key was made for.")
        return found

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        """Return the one there is."""
        return tuple(each for each in super().knowledge_bases() if each.name == self._only)

    def index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index in use; None for other knowledge bases."""
        return super().index(knowledge_base) if knowledge_base == self._only else None

    def indexes(self, knowledge_base: str) -> tuple[BuiltIndex, ...]:
        """Return all indexes, the one in use first; none for other knowledge bases."""
        return super().indexes(knowledge_base) if knowledge_base == self._only else ()

    def document(self, document_id: str) -> Document:
        """Return the newest version's record, or raise NotFound."""
        found = super().document(document_id)
        if found.knowledge_base != self._only:
            raise no_document(document_id)
        return found

    def _visible(self, knowledge_base: str, filter: DocumentFilter | None, after: str) -> Iterator[Document]:
        self.knowledge_base(knowledge_base)
        return super()._visible(knowledge_base, filter, after)
