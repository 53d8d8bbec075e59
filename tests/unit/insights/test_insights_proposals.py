from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.domain.proposals import (
    Evidence,
    Expected,
    Observation,
    Proposal,
    ProposalKind,
    ProposalState,
    Publication,
)
from engine.errors import Conflict, InvalidInput, Misconfigured
from engine.insights.proposals import Proposals
from engine.service import Engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ASKED = Observation("o1", "Why does it hum?", "It is the fan.", "en", document_id="d")
PROPOSAL = Proposal(
    id="p1",
    knowledge_base="shop",
    kind=ProposalKind.NEW,
    state=ProposalState.PROPOSED,
    language="en",
    question=ASKED.question,
    answer=ASKED.answer,
    confidence=0.75,
    evidence=(Evidence(ASKED, agrees=True),),
    created_at=NOW,
    changed_at=NOW,
)
S = ProposalState
Step = Callable[[Proposals], Proposal]
STEPS: dict[str, Step] = {
    "edit": lambda them: them.edit("p1", answer="It is the pump."),
    "approve": lambda them: them.approve("p1"),
    "reject": lambda them: them.reject("p1", "no"),
    "publish": lambda them: them.publish("p1"),
    "roll back": lambda them: them.roll_back("p1"),
}
ALLOWED = {
    S.PROPOSED: {"edit": S.EDITED, "approve": S.APPROVED, "reject": S.REJECTED},
    S.EDITED: {"edit": S.EDITED, "approve": S.APPROVED, "reject": S.REJECTED},
    S.APPROVED: {"publish": S.PUBLISHED, "reject": S.REJECTED},
    S.PUBLISHED: {"roll back": S.ROLLED_BACK},
    S.ROLLED_BACK: {"publish": S.PUBLISHED},
    S.REJECTED: {},
}


class Press:
    """Notes what it is asked to write."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def publish(self, proposal: Proposal) -> Publication:
        self.done.append(f"publish {proposal.answer}")
        return Publication("d1", 2, 1, NOW)

    def roll_back(self, publication: Publication) -> None:
        self.done.append(f"back to {publication.previous}")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("proposals")
    built = build_engine(load_settings(data_dir=folder), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def them(engine: Engine, press: Press) -> Iterator[Proposals]:
    engine.create_knowledge_base("shop")
    yield Proposals(engine, press)
    engine.delete_knowledge_base("shop")


def keep(them: Proposals, state: ProposalState, kind: ProposalKind = ProposalKind.NEW) -> None:
    publication = Publication("d1", 2, 1, NOW) if state is S.PUBLISHED else None
    them.repository.add("shop", [replace(PROPOSAL, state=state, kind=kind, publication=publication)])


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_leads_from_some_states_to_one(them: Proposals, state: ProposalState, step: str) -> None:
    keep(them, state)
    if (reached := ALLOWED[state].get(step)) is None:
        with pytest.raises(Conflict, match=rf"p1 is {state} and cannot be"):
            STEPS[step](them)
        reached = state
    else:
        assert STEPS[step](them).state is reached
    assert them.repository.proposal("p1").state is reached


def test_publishing_writes_the_edited_words_and_tells_what_it_did(them: Proposals, press: Press) -> None:
    keep(them, S.PROPOSED)
    them.edit("p1", question="Why does it hum so?", answer=" It is the pump. ")
    them.approve("p1")
    found = them.publish("p1", [Expected("Who won?", ())])
    assert press.done == ["publish It is the pump."]
    assert found.publication == Publication("d1", 2, 1, NOW)
    assert found.effect
    assert [(each.question, each.observation) for each in found.effect.questions] == [
        (ASKED.question, "o1"),
        ("Who won?", ""),
    ]
    assert [each.after.right for each in found.effect.questions] == [False, True]
    assert them.roll_back("p1").effect == found.effect
    assert press.done[1:] == ["back to 1"]


def test_what_the_knowledge_says_already_is_approved_only_in_other_words(them: Proposals) -> None:
    keep(them, S.PROPOSED, ProposalKind.DUPLICATE)
    with pytest.raises(Conflict, match="says already"):
        them.approve("p1")
    them.edit("p1", answer="It is the fan, and that is fine.")
    assert them.approve("p1").state is S.APPROVED


@pytest.mark.parametrize("call", [lambda them: them.edit("p1", answer="  "), lambda them: them.reject("p1", " ")])
def test_steps_that_say_nothing_are_refused(them: Proposals, call: Step) -> None:
    keep(them, S.PROPOSED)
    with pytest.raises(InvalidInput):
        call(them)
    assert them.repository.proposal("p1").state is S.PROPOSED


def test_an_engine_that_keeps_none_says_so(engine: Engine, press: Press) -> None:
    bare = Engine(replace(engine.parts, proposals=None), engine.options)
    with pytest.raises(Misconfigured, match="keeps no proposals"):
        Proposals(bare, press)
