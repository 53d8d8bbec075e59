"""Mining over an engine: what is proposed and what is not again, and which answers stand for a golden set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, Verdict
from engine.domain.proposals import Expected, Proposal, ProposalKind, ProposalState, Publication
from engine.errors import Conflict, NotFound
from engine.insights.proposals import KEPT_ANSWERS, MAX_GOLDEN, Proposals
from engine.service import Engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import exchange

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Press:
    """Writes nothing."""

    def publish(self, proposal: Proposal) -> Publication:
        return Publication("d1", 1, 0, NOW)

    def roll_back(self, publication: Publication) -> None:
        pass


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("mining")
    built = build_engine(load_settings(data_dir=folder), embedder=HashEmbedder())
    yield built
    built.close()


@pytest.fixture
def engine(opened: Engine) -> Iterator[Engine]:
    for name in ("shop", "desk"):
        opened.create_knowledge_base(name)
    yield opened
    with suppress(NotFound):
        opened.privacy.erase("tom")
    for name in ("shop", "desk"):
        opened.delete_knowledge_base(name)


@pytest.fixture
def them(engine: Engine) -> Proposals:
    return Proposals(engine, Press())


def said(
    engine: Engine,
    name: str,
    question: str,
    verdict: Verdict,
    sent: str = "",
    knowledge_base: str = "shop",
    **of: object,
) -> None:
    """Keep a question that was answered, and what an agent made of the answer."""
    fields = {"knowledge_base": knowledge_base, "question": question, "standalone": question, **of}
    about = exchange(name, conversation=name, **fields)
    engine.parts.conversations.append(name, [Turn(Role.CUSTOMER, question)], exchange=about, customer="tom")
    engine.parts.feedback.add(Feedback(f"f {name}", name, verdict, sent, None, "", NOW))


def test_nothing_said_proposes_nothing(them: Proposals) -> None:
    assert them.mine("shop") == ()


@pytest.mark.parametrize("talks", [(), ("nowhere",), ("shop", "nowhere")])
def test_every_knowledge_base_that_is_looked_at_must_be_there(them: Proposals, talks: tuple[str, ...]) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        them.mine("nowhere" if not talks else "shop", talks)


def test_what_agents_sent_is_proposed_once_with_its_evidence(engine: Engine, them: Proposals) -> None:
    for name in ("a", "b"):
        said(engine, name, "Why does the kettle hum?", Verdict.EDITED, "Boil it once with citric acid.")
    said(engine, "c", "Why does the kettle hum?", Verdict.ACCEPTED)
    said(engine, "d", "Elsewhere?", Verdict.EDITED, "Not here.", knowledge_base="desk")
    (found,) = them.mine("shop")
    assert (found.question, found.answer) == ("Why does the kettle hum?", "Boil it once with citric acid.")
    assert (found.kind, found.state, found.confidence) == (ProposalKind.NEW, ProposalState.PROPOSED, 2.5 / 3)
    assert {each.observation.conversation_id for each in found.evidence} == {"a", "b"}
    again = them.mine("shop")
    assert [replace(each, created_at=NOW, changed_at=NOW) for each in again] == [
        replace(found, created_at=NOW, changed_at=NOW)
    ]


@pytest.mark.parametrize("step", ["edit", "approve", "reject"])
def test_what_people_decided_on_is_not_proposed_again(engine: Engine, them: Proposals, step: str) -> None:
    said(engine, "a", "Why does the kettle hum?", Verdict.EDITED, "Boil it once with citric acid.")
    (found,) = them.mine("shop")
    decide = {"edit": lambda: them.edit(found.id, answer="So."), "approve": lambda: them.approve(found.id)}
    decided = decide.get(step, lambda: them.reject(found.id, "no"))()
    assert them.mine("shop") == ()
    assert them.repository.proposals("shop") == (decided,)
    said(engine, "b", "Where is my parcel?", Verdict.EDITED, "Look at the tracking page.")
    assert [each.question for each in them.mine("shop")] == ["Where is my parcel?"]


def test_private_things_are_in_no_proposal(engine: Engine, them: Proposals) -> None:
    said(
        engine,
        "a",
        "I am at tom@example.com. Why does the kettle hum?",
        Verdict.EDITED,
        "Boil it once. I have written to tom@example.com.",
    )
    (found,) = them.mine("shop")
    assert "example.com" not in repr(found)
    assert found.answer == "Boil it once."


def approved(them: Proposals, engine: Engine) -> Proposal:
    said(engine, "behind", "Why does the kettle hum?", Verdict.EDITED, "Boil it once with citric acid.")
    return them.approve(them.mine("shop")[0].id)


def test_accepted_answers_stand_for_a_golden_set(engine: Engine, them: Proposals) -> None:
    found = approved(them, engine)
    said(engine, "kept", "How long is the warranty?", Verdict.ACCEPTED)
    said(engine, "solved", "How long is the guarantee?", Verdict.SOLVED)
    said(engine, "rejected", "Who won?", Verdict.REJECTED)
    said(engine, "uncited", "Who lost?", Verdict.ACCEPTED, citations=())
    said(engine, "silent", "Who else?", Verdict.ACCEPTED, answer="")
    effect = them.publish(found.id).effect
    assert effect
    asked = [each.question for each in effect.questions]
    assert asked[0] == "Why does the kettle hum?"
    assert sorted(asked[1:]) == ["How long is the guarantee?", "How long is the warranty?"]


def test_a_golden_set_takes_the_place_of_accepted_answers(engine: Engine, them: Proposals) -> None:
    found = approved(them, engine)
    said(engine, "kept", "How long is the warranty?", Verdict.ACCEPTED)
    effect = them.publish(found.id, [Expected(f"Question {at}?", ()) for at in range(3)]).effect
    assert effect
    assert [each.question for each in effect.questions[1:]] == [f"Question {at}?" for at in range(3)]
    assert effect.searchable_s >= 0


def test_what_is_asked_again_is_bounded(engine: Engine, them: Proposals, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def rehearsed(_: Engine, __: str, expected: Expected) -> None:
        asked.append(expected.question)

    monkeypatch.setattr("engine.insights.proposals.rehearsed", rehearsed)
    monkeypatch.setattr("engine.insights.proposals._rehearsed", lambda *_: None)
    monkeypatch.setattr(them.repository, "change", lambda proposal, *, was: proposal)
    found = approved(them, engine)
    for at in range(KEPT_ANSWERS + 5):
        said(engine, f"kept {at}", f"Question {at}?", Verdict.ACCEPTED)
    monkeypatch.setattr(them.repository, "proposal", lambda _: replace(found, state=ProposalState.APPROVED))
    them.publish(found.id)
    assert len(asked) == 2 * (1 + KEPT_ANSWERS)
    asked.clear()
    them.publish(found.id, [Expected(f"Golden {at}?", ()) for at in range(MAX_GOLDEN + 50)])
    assert len(asked) == 2 * (1 + MAX_GOLDEN)


def test_of_two_who_publish_one_is_told(engine: Engine, them: Proposals, monkeypatch: pytest.MonkeyPatch) -> None:
    found = approved(them, engine)
    publish = Press.publish

    def meanwhile(press: Press, proposal: Proposal) -> Publication:
        monkeypatch.setattr(Press, "publish", publish)
        them.publish(found.id)
        return publish(press, proposal)

    monkeypatch.setattr(Press, "publish", meanwhile)
    with pytest.raises(Conflict, match="changed by somebody else"):
        them.publish(found.id)
    assert them.repository.proposal(found.id).state is ProposalState.PUBLISHED
