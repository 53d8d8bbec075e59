"""The ConversationRepository port, keeping no personal data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from engine.domain.conversation import Turn
from engine.domain.exchange import CitedPlace, Exchange
from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports import ConversationRepository

__all__ = ["MaskedConversations"]


class MaskedConversations:
    """Masks turns and exchanges before they are kept; what they quote from documents stays.

    A value that comes again in a later turn gets another placeholder: what the first one stood for is not known.
    """

    def __init__(self, conversations: ConversationRepository, kinds: Collection[PersonalKind] = ()) -> None:
        self._all = conversations
        self._kinds = kinds

    def append(
        self, conversation_id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = ""
    ) -> None:
        """Add turns at the end, with an exchange at the first of them."""
        quotes = [place.quote for place in exchange.citations] if exchange else []
        mask = Mask(self._kinds, language=exchange.language if exchange else "", published=quotes)
        mask.reserve(turn.text for turn in self._all.history(conversation_id))
        texts = mask.mask(*(turn.text for turn in turns), *(_texts(exchange) if exchange else ()))
        kept = [replace(turn, text=text) for turn, text in zip(turns, texts, strict=False)]
        masked = exchange and _exchange(exchange, texts[len(turns) :])
        self._all.append(conversation_id, kept, exchange=masked, customer=customer)

    def history(self, conversation_id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        """Return the turns in order, only the `last` ones if given; empty for an unknown conversation."""
        return self._all.history(conversation_id, last=last)

    def exchanges(self, conversation_id: str) -> tuple[Exchange, ...]:
        """Return the exchanges of a conversation in order; empty for an unknown one."""
        return self._all.exchanges(conversation_id)

    def cited(self, knowledge_base: str) -> Mapping[str, int]:
        """Return how many answers from a knowledge base cited each document; the empty id counts all answers."""
        return self._all.cited(knowledge_base)


def _texts(exchange: Exchange) -> tuple[str, ...]:
    return exchange.question, exchange.standalone, exchange.answer, *(place.wording for place in exchange.citations)


def _exchange(exchange: Exchange, texts: Sequence[str]) -> Exchange:
    question, standalone, answer, *wordings = texts
    places: tuple[CitedPlace, ...] = tuple(
        replace(place, wording=wording) for place, wording in zip(exchange.citations, wordings, strict=True)
    )
    return replace(exchange, question=question, standalone=standalone, answer=answer, citations=places)
