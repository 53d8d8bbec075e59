"""The ProposalRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from engine.domain.proposals import Evidence, Proposal, ProposalState
from engine.errors import Conflict, NotFound
from engine.persistence.proposal_rows import evidence_of, evidence_row, proposal_of, proposal_row
from engine.persistence.proposal_tables import proposal_evidence as evidence_table
from engine.persistence.proposal_tables import proposals as proposal_table
from engine.persistence.repository import SqlRepository, has_knowledge_base, in_portions, no_knowledge_base
from engine.persistence.rows import AnyRow
from engine.persistence.transactions import reading, writing

__all__ = ["SqlProposalRepository", "forget_conversations"]

_UNTOUCHED = proposal_table.c.state == ProposalState.PROPOSED.value


class SqlProposalRepository(SqlRepository):
    """Proposals; safe to use from several threads and processes."""

    def proposals(self, knowledge_base: str, states: Collection[ProposalState] = ()) -> tuple[Proposal, ...]:
        """Return those in one of the states, or all, the surest first; NotFound for an unknown knowledge base."""
        kept = proposal_table.c
        query = select(proposal_table).where(kept.knowledge_base == knowledge_base)
        if states:
            query = query.where(kept.state.in_([state.value for state in states]))
        with reading(self._engine) as connection:
            _check_home(connection, knowledge_base)
            rows = connection.execute(query.order_by(kept.confidence.desc(), kept.id)).all()
            return _with_evidence(connection, rows)

    def proposal(self, id: str) -> Proposal:
        """Return a proposal, or raise NotFound."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(proposal_table).where(proposal_table.c.id == id)).all()
            found = _with_evidence(connection, rows)
        if not found:
            raise NotFound(f"There is no proposal {id!r}.", remedy="List the proposals of the knowledge base.")
        return found[0]

    def add(self, knowledge_base: str, proposals: Sequence[Proposal]) -> None:
        """Put proposals in the place of all that nobody has touched yet; those with an id that is kept are left out."""
        mine = proposal_table.c.knowledge_base == knowledge_base
        with writing(self._engine) as connection:
            _check_home(connection, knowledge_base)
            connection.execute(delete(proposal_table).where(mine, _UNTOUCHED))
            kept = set(connection.execute(select(proposal_table.c.id).where(mine)).scalars())
            new = [each for each in proposals if each.id not in kept]
            if new:
                connection.execute(insert(proposal_table), [proposal_row(each) for each in new])
            rows = [evidence_row(each.id, one) for each in new for one in each.evidence]
            if rows:
                connection.execute(insert(evidence_table), rows)

    def change(self, proposal: Proposal, *, was: ProposalState) -> Proposal:
        """Keep a proposal as it is now and return it; Conflict if it is not in the state that it `was` in."""
        kept = proposal_table.c
        mine = update(proposal_table).where(kept.id == proposal.id, kept.state == was.value)
        with writing(self._engine) as connection:
            if not connection.execute(mine.values(proposal_row(proposal))).rowcount:
                raise Conflict(f"Proposal {proposal.id} was changed by somebody else.", remedy="Look at it again.")
        return proposal


def forget_conversations(connection: Connection, ids: list[str]) -> None:
    """Remove the evidence of conversations, and what was proposed from it and nobody has touched yet."""
    told = select(evidence_table.c.proposal_id).where(evidence_table.c.conversation_id.in_(ids))
    connection.execute(delete(proposal_table).where(_UNTOUCHED, proposal_table.c.id.in_(told)))
    connection.execute(delete(evidence_table).where(evidence_table.c.conversation_id.in_(ids)))


def _check_home(connection: Connection, knowledge_base: str) -> None:
    if not has_knowledge_base(connection, knowledge_base):
        raise no_knowledge_base(connection, knowledge_base)


def _with_evidence(connection: Connection, rows: Iterable[AnyRow]) -> tuple[Proposal, ...]:
    rows = list(rows)
    access = {row.id: row.access for row in rows}
    evidence: dict[str, list[Evidence]] = {row.id: [] for row in rows}
    for ids in in_portions(list(evidence)):
        query = select(evidence_table).where(evidence_table.c.proposal_id.in_(ids))
        for found in connection.execute(query.order_by(evidence_table.c.proposal_id, evidence_table.c.id)):
            evidence[found.proposal_id].append(evidence_of(found, access[found.proposal_id]))
    return tuple(proposal_of(row, evidence[row.id]) for row in rows)
