"""What every adapter of the ProposalRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.knowledge import KnowledgeBase, Span
from engine.domain.proposals import (
    Effect,
    Evidence,
    Observation,
    Outcome,
    Place,
    Proposal,
    ProposalKind,
    ProposalState,
    Publication,
    Rehearsed,
    Reply,
)
from engine.errors import Conflict, NotFound
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.proposals import SqlProposalRepository
from engine.ports import CustomerRepository, KnowledgeRepository, ProposalRepository
from tests.fakes.repositories import database

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
CASE = Observation("o1", "Why?\x00", "So. \ud83d", "en", document_id="d", access=("access:staff",))
TALK = Observation("o2", "Why then?", "Because.", "en", conversation_id="talk", access=("access:staff",))
FIRST = Proposal(
    id="p1",
    knowledge_base="shop",
    kind=ProposalKind.NEW,
    state=ProposalState.PROPOSED,
    language="en",
    question="Why?",
    answer="So.",
    confidence=0.75,
    evidence=(Evidence(CASE, agrees=True), Evidence(TALK, agrees=False)),
    created_at=NOW,
    changed_at=NOW,
    access=("access:staff",),
    place=Place("d", 2, "Page", Span(3, 7), "that"),
)
SECOND = replace(FIRST, id="p2", confidence=0.9, evidence=(), access=(), place=None)
ABSTAINED = Reply(Outcome.ABSTAINED, "", 0.1, right=False)
ANSWERED = Reply(Outcome.ANSWERED, "So.", 0.9, right=True)
Three = tuple[ProposalRepository, KnowledgeRepository, CustomerRepository]


@pytest.fixture(params=["sqlite"])
def three(request: pytest.FixtureRequest) -> Iterator[Three]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        for name in ("shop", "desk"):
            knowledge.add_knowledge_base(KnowledgeBase(name))
        yield SqlProposalRepository(engine), knowledge, SqlCustomerRepository(engine)


@pytest.fixture
def repository(three: Three) -> ProposalRepository:
    return three[0]


def test_proposals_come_back_as_they_were_the_surest_first(repository: ProposalRepository) -> None:
    repository.add("shop", [FIRST, SECOND])
    assert repository.proposals("shop") == (SECOND, FIRST)
    assert repository.proposal("p1") == FIRST
    assert repository.proposals("desk") == ()


def test_what_nobody_touched_gives_way_and_the_rest_stays(repository: ProposalRepository) -> None:
    repository.add("shop", [FIRST, SECOND])
    edited = repository.change(replace(FIRST, state=ProposalState.EDITED), was=ProposalState.PROPOSED)
    repository.add("shop", [replace(FIRST, answer="Not so."), replace(SECOND, id="p3")])
    assert [each.id for each in repository.proposals("shop")] == ["p3", "p1"]
    assert repository.proposal("p1") == edited


def test_states_choose(repository: ProposalRepository) -> None:
    repository.add("shop", [FIRST, SECOND])
    repository.change(replace(FIRST, state=ProposalState.REJECTED, reason="no"), was=ProposalState.PROPOSED)
    assert [each.id for each in repository.proposals("shop", [ProposalState.REJECTED])] == ["p1"]
    assert [each.id for each in repository.proposals("shop", [ProposalState.PROPOSED])] == ["p2"]


def test_of_two_changes_one_is_refused(repository: ProposalRepository) -> None:
    repository.add("shop", [FIRST])
    repository.change(replace(FIRST, state=ProposalState.APPROVED), was=ProposalState.PROPOSED)
    with pytest.raises(Conflict, match="somebody else"):
        repository.change(replace(FIRST, state=ProposalState.REJECTED), was=ProposalState.PROPOSED)
    assert repository.proposal("p1").state is ProposalState.APPROVED


def test_what_publishing_did_is_kept(repository: ProposalRepository) -> None:
    questions = (Rehearsed(TALK.question, "o2", ABSTAINED, ANSWERED), Rehearsed("Golden?", "", ANSWERED, ANSWERED))
    published = replace(
        FIRST,
        state=ProposalState.PUBLISHED,
        publication=Publication("d", 3, 2, NOW + timedelta(hours=1)),
        effect=Effect(0.2, questions),
    )
    repository.add("shop", [FIRST])
    repository.change(published, was=ProposalState.PROPOSED)
    assert repository.proposal("p1") == published


def test_what_a_customer_said_goes_with_the_conversation(three: Three) -> None:
    repository, _, customers = three
    questions = (
        Rehearsed(TALK.question, "o2", ABSTAINED, ANSWERED),
        Rehearsed(CASE.question, "o1", ABSTAINED, ANSWERED),
    )
    repository.add("shop", [FIRST, replace(FIRST, id="p2")])
    kept = replace(FIRST, state=ProposalState.PUBLISHED, effect=Effect(0.2, questions))
    repository.change(kept, was=ProposalState.PROPOSED)
    customers.erase(["talk"])
    (left,) = repository.proposals("shop")
    assert left.id == "p1"
    assert [each.observation.id for each in left.evidence] == ["o1"]
    assert left.effect
    assert [each.question for each in left.effect.questions] == [CASE.question]


def test_they_go_with_their_knowledge_base(three: Three) -> None:
    repository, knowledge, _ = three
    repository.add("shop", [FIRST])
    knowledge.delete_knowledge_base("shop")
    with pytest.raises(NotFound, match="no proposal 'p1'"):
        repository.proposal("p1")


def test_unknown_homes_are_named(repository: ProposalRepository) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        repository.proposals("nowhere")
    with pytest.raises(NotFound, match="'nowhere'"):
        repository.add("nowhere", [FIRST])
