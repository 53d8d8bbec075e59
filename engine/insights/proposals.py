"""What is proposed to be written into the knowledge, from mining to publishing and back; a person takes each step."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from engine.domain.feedback import FeedbackFilter, Verdict
from engine.domain.proposals import Effect, Expected, Proposal, ProposalKind, ProposalState, Rehearsed, Reply
from engine.errors import Conflict, InvalidInput, Misconfigured
from engine.insights.matching import Matcher
from engine.insights.mining import mined
from engine.insights.observing import observed_cases, observed_corrections
from engine.insights.rehearsing import Rehearsal, rehearsed
from engine.ports import ProposalRepository, Publisher
from engine.service import Engine

__all__ = ["MAX_GOLDEN", "Proposals"]

MAX_GOLDEN = 200  # questions that are asked again, beside those of the evidence
KEPT_ANSWERS = 30  # answers that people accepted, asked again where no golden set is given
_OPEN = (ProposalState.PROPOSED, ProposalState.EDITED)
_PUBLISHED_ONCE = (ProposalState.APPROVED, ProposalState.ROLLED_BACK)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is asked before and after; `observation` is that behind the proposal, empty for a golden one."""

    expected: Expected
    observation: str = ""


class Proposals:
    """Acts for the knowledge bases of one engine; `publisher` writes into them."""

    def __init__(self, engine: Engine, publisher: Publisher) -> None:
        if engine.parts.proposals is None:
            raise Misconfigured("This engine keeps no proposals.", remedy="Build it with engine.assembly.build_engine.")
        self.repository: ProposalRepository = engine.parts.proposals
        self._engine = engine
        self._publisher = publisher

    def mine(self, knowledge_base: str, talks: Sequence[str] = ()) -> tuple[Proposal, ...]:
        """Propose what agents answered and the knowledge lacks; return all that nobody has touched yet.

        Looks at cases of the knowledge base and of those in `talks`, and at answers that agents corrected. What people
        have decided on is not proposed again. NotFound for an unknown knowledge base.
        """
        for name in (knowledge_base, *talks):
            self._engine.parts.knowledge.knowledge_base(name)
        decided = self._decided(knowledge_base)
        observations = chain(
            *(observed_cases(self._engine.parts.knowledge, name) for name in dict.fromkeys((knowledge_base, *talks))),
            observed_corrections(self._engine.parts.feedback, knowledge_base),
        )
        found = mined(
            knowledge_base,
            (each for each in observations if each.id not in decided),
            embed=self._engine.parts.embedder.embed_passages,
            match=Matcher(Rehearsal.of(self._engine), knowledge_base),
            now=datetime.now(UTC),
        )
        self.repository.add(knowledge_base, list(found))
        return self.repository.proposals(knowledge_base, (ProposalState.PROPOSED,))

    def edit(self, id: str, *, question: str = "", answer: str = "") -> Proposal:
        """Say it in other words; what is left out stays. Conflict unless nobody has approved or rejected it."""
        found = self._in(id, _OPEN, "edited")
        if not (question.strip() or answer.strip()):
            raise InvalidInput("The edit says nothing.", remedy="Send a question, an answer, or both.")
        said = replace(found, question=question.strip() or found.question, answer=answer.strip() or found.answer)
        return self._moved(said, ProposalState.EDITED, was=found.state)

    def approve(self, id: str) -> Proposal:
        """Say that it may be published; Conflict for what the knowledge says already, unless it was edited."""
        found = self._in(id, _OPEN, "approved")
        if found.kind is ProposalKind.DUPLICATE and found.state is not ProposalState.EDITED:
            raise Conflict(f"The knowledge says already what proposal {id} says.", remedy="Edit it, or reject it.")
        return self._moved(found, ProposalState.APPROVED, was=found.state)

    def reject(self, id: str, reason: str) -> Proposal:
        """Say that it is not to be published, and why; it is not proposed again."""
        if not reason.strip():
            raise InvalidInput("A rejection needs a reason.", remedy="Say why.")
        found = self._in(id, (*_OPEN, ProposalState.APPROVED), "rejected")
        return self._moved(replace(found, reason=reason.strip()), ProposalState.REJECTED, was=found.state)

    def publish(self, id: str, golden: Sequence[Expected] = ()) -> Proposal:
        """Write it into the knowledge and show what that does: to the questions behind it, and to a golden set.

        Without a golden set, answers that people accepted stand for one.
        """
        found = self._in(id, _PUBLISHED_ONCE, "published")
        asked = [*_behind(found), *self._golden(found.knowledge_base, golden)]
        rehearsal = Rehearsal.of(self._engine)
        before = [rehearsed(rehearsal, found.knowledge_base, each.expected) for each in asked]
        began = time.perf_counter()
        publication = self._publisher.publish(found)
        self._moved(replace(found, publication=publication), ProposalState.PUBLISHED, was=found.state)
        after, took = list[Reply](), 0.0
        for each in asked:
            after.append(rehearsed(rehearsal, found.knowledge_base, each.expected))
            took = took or time.perf_counter() - began
        effect = Effect(round(took, 3), tuple(map(_rehearsed, asked, before, after)))
        shown = replace(self.repository.proposal(id), effect=effect)
        return self.repository.change(shown, was=ProposalState.PUBLISHED)

    def roll_back(self, id: str) -> Proposal:
        """Restore what the knowledge said before; it can be published again."""
        found = self._in(id, (ProposalState.PUBLISHED,), "rolled back")
        if found.publication is not None:
            self._publisher.roll_back(found.publication)
        return self._moved(found, ProposalState.ROLLED_BACK, was=found.state)

    def _decided(self, knowledge_base: str) -> frozenset[str]:
        """Return the observations behind proposals that somebody has touched."""
        states = [state for state in ProposalState if state is not ProposalState.PROPOSED]
        known = self.repository.proposals(knowledge_base, states)
        return frozenset(one.observation.id for each in known for one in each.evidence)

    def _golden(self, knowledge_base: str, golden: Sequence[Expected]) -> Iterable[_Asked]:
        if golden:
            return map(_Asked, golden[:MAX_GOLDEN])
        wanted = FeedbackFilter(knowledge_base=knowledge_base, verdicts=(Verdict.ACCEPTED, Verdict.SOLVED))
        kept = self._engine.parts.feedback.reviews(wanted, limit=KEPT_ANSWERS)
        about = {each.exchange.answer_id: each.exchange for each in kept if each.exchange.answer}
        return [
            _Asked(Expected(each.standalone, tuple(place.quote for place in each.citations), each.language))
            for each in about.values()
            if each.citations
        ]

    def _in(self, id: str, states: Collection[ProposalState], action: str) -> Proposal:
        found = self.repository.proposal(id)
        if found.state not in states:
            allowed = ", ".join(states)
            raise Conflict(
                f"Proposal {id} is {found.state} and cannot be {action}.", remedy=f"Only those can that are: {allowed}."
            )
        return found

    def _moved(self, proposal: Proposal, state: ProposalState, *, was: ProposalState) -> Proposal:
        return self.repository.change(replace(proposal, state=state, changed_at=datetime.now(UTC)), was=was)


def _behind(proposal: Proposal) -> Iterable[_Asked]:
    """Yield the questions that led to a proposal; right is what is published now."""
    for each in proposal.evidence:
        observation = each.observation
        yield _Asked(Expected(observation.question, (proposal.answer,), observation.language), observation.id)


def _rehearsed(asked: _Asked, before: Reply, after: Reply) -> Rehearsed:
    return Rehearsed(asked.expected.question, asked.observation, before, after)
