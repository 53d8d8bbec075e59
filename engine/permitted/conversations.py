"""The ConversationRepository port as somebody on some access lists sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.domain.conversation import Turn
from engine.domain.exchange import Exchange
from engine.domain.knowledge import stable_id
from engine.permitted.refusing import refused
from engine.ports import ConversationRepository

__all__ = ["PermittedConversations", "own_prefix"]


def own_prefix(access: tuple[str, ...]) -> str:
    """Return what the ids of conversations begin with for those who are on these lists."""
    return f"{stable_id('access', *sorted(access))}:"


class PermittedConversations:
    """Keeps the conversations of each set of access lists apart: the same id names another one.

    What was answered from a document that a reader must not see cannot come back as history.
    """

    def __init__(self, conversations: ConversationRepository, access: tuple[str, ...]) -> None:
        self._all = conversations
        self._prefix = own_prefix(access)

    def append(
        self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = ""
    ) -> None:
        """Add turns at the end, with an exchange at the first of them."""
        kept = exchange and replace(exchange, conversation_id=self._own(exchange.conversation_id))
        self._all.append(self._own(conversation_id), turns, exchange=kept, customer=customer)

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        return self._all.history(self._own(conversation_id), last=last)

    def exchanges(self, conversation_id: str) -> tuple[Exchange, ...]:
        """Return the exchanges of a conversation in order; empty for an unknown one."""
        found = self._all.exchanges(self._own(conversation_id))
        return tuple(replace(each, conversation_id=conversation_id) for each in found)

    def cited(self, knowledge_base: str) -> Mapping[str, int]:
        """Refuse: that is about the questions of all readers."""
        return refused(knowledge_base)

    def _own(self, conversation_id: str) -> str:
        return self._prefix + conversation_id
