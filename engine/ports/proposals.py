"""Keeping what is proposed to be written into the knowledge, and writing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.domain.proposals import Proposal, ProposalState, Publication

__all__ = ["ProposalRepository", "Publisher"]


class ProposalRepository(Protocol):
    """Proposals of knowledge bases; they go with their knowledge base, and evidence with its conversation."""

    def proposals(self, knowledge_base: str, states: Collection[ProposalState] = ()) -> tuple[Proposal, ...]:
        """Return those in one of the states, or all, the surest first; NotFound for an unknown knowledge base."""
        ...

    def proposal(self, id: str) -> Proposal:
        """Return a proposal, or raise NotFound."""
        ...

    def add(self, knowledge_base: str, proposals: Sequence[Proposal]) -> None:
        """Put proposals in the place of all that nobody has touched yet; those with an id that is kept are left out."""
        ...

    def change(self, proposal: Proposal, *, was: ProposalState) -> Proposal:
        """Keep a proposal as it is now and return it; Conflict if it is not in the state that it `was` in."""
        ...


class Publisher(Protocol):
    """Writes what is approved into a knowledge base."""

    def publish(self, proposal: Proposal) -> Publication:
        """Write it, searchable when this returns; Conflict if what it would change is no longer there."""
        ...

    def roll_back(self, publication: Publication) -> None:
        """Restore what was there before; Conflict if it was changed since."""
        ...
