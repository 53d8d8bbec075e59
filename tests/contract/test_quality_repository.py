"""What every adapter of the QualityRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from engine.domain.check import CheckRule, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.domain.conversation import Role, Saying, Turn, TurnAction
from engine.domain.feedback import Feedback
from engine.domain.feedback import Verdict as Opinion
from engine.domain.insights import Period
from engine.domain.knowledge import KnowledgeBase, Span
from engine.domain.quality import (
    CheckedReply,
    KeptReplyFinding,
    Outcome,
    PromiseState,
    SentReply,
    ShownReply,
    TrackedPromise,
)
from engine.errors import Conflict, NotFound
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.quality import SqlQualityRepository
from engine.ports.quality import QualityRepository
from tests.fakes.repositories import database, exchange

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
DAY = Period(NOON, NOON + timedelta(days=1))
FINDING = KeptReplyFinding(CheckRule.PROMISE, "contradicted", Severity.BLOCK, Span(0, 4))


def said(text: str, *, id: str = "m1", hours: float = 1, role: Role = Role.AGENT, kb: str = "kb") -> Turn:
    saying = Saying(id, kb, NOON + timedelta(hours=hours), "a-17", "returns", "en")
    return Turn(role, text, saying=saying)


def promise(reply: SentReply, **changes: object) -> TrackedPromise:
    made = TrackedPromise(
        f"p-{reply.id}",
        reply.id,
        PromiseMatter.REFUND,
        Span(0, 4),
        reply.said_at + timedelta(hours=1),
        PromiseStanding.FINE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def engine() -> Iterator[Engine]:
    with database() as made:
        for name in ("kb", "other"):
            SqlKnowledgeRepository(made).add_knowledge_base(KnowledgeBase(name))
        talk = SqlConversationRepository(made)
        asked = exchange("a", conversation="c")
        talk.append("c", [Turn(Role.CUSTOMER, "How long?"), Turn(Role.ASSISTANT, asked.answer)], exchange=asked)
        talk.append("c", [said("Let me see."), said("Thanks.", id="m2", role=Role.CUSTOMER)], customer="tom")
        silent = exchange("b", conversation="d", answer="", citations=())
        talk.append("d", [Turn(Role.CUSTOMER, "Hm?"), Turn(Role.ASSISTANT, "?", TurnAction.ABSTAIN)], exchange=silent)
        yield made


@pytest.fixture
def repository(engine: Engine) -> QualityRepository:
    return SqlQualityRepository(engine)


def checked(repository: QualityRepository) -> list[CheckedReply]:
    found = repository.unchecked("kb", 10)
    made = [CheckedReply(each, Verdict.BLOCK, (FINDING,), (promise(each),)) for each in found]
    repository.keep("kb", made)
    return made


def test_answers_and_agents_turns_are_unchecked_until_they_are_kept(repository: QualityRepository) -> None:
    bot, agent = repository.unchecked("kb", 10)
    assert (bot.id, bot.role, bot.text, bot.customer) == ("a", Role.ASSISTANT, "It lasts 24 months.", "tom")
    assert (agent.text, agent.agent, agent.team, agent.answer_id) == ("Let me see.", "a-17", "returns", "a")
    assert (agent.position, agent.said_at) == (3, NOON + timedelta(hours=1))
    assert repository.unchecked("kb", 1) == (bot,)
    assert repository.unchecked("other", 9) == ()
    made = checked(repository)
    assert repository.unchecked("kb", 9) == ()
    with pytest.raises(Conflict):
        repository.keep("kb", made)


def test_what_was_found_comes_back_without_texts(repository: QualityRepository) -> None:
    bot, agent = checked(repository)
    without = [replace(each, reply=replace(each.reply, text="")) for each in (agent, bot)]
    assert repository.replies("kb", DAY) == tuple(map(ShownReply, without))
    assert repository.replies("kb", Period(NOON + timedelta(minutes=1), DAY.until)) == (ShownReply(without[0]),)
    assert repository.replies("other", DAY) == ()
    assert repository.texts([bot.reply, agent.reply]) == {bot.reply.id: bot.reply.text, agent.reply.id: "Let me see."}


def test_promises_are_unsettled_until_something_is_heard(repository: QualityRepository) -> None:
    bot, agent = checked(repository)
    open_ones = repository.unsettled("kb", NOON)
    assert [(reply.id, each) for reply, each in open_ones] == [
        (bot.reply.id, bot.promises[0]),
        (agent.reply.id, agent.promises[0]),
    ]
    kept = replace(bot.promises[0], state=PromiseState.KEPT, settled_at=NOON)
    missed = replace(agent.promises[0], state=PromiseState.MISSED)
    repository.settle([kept, missed])
    assert [each for _, each in repository.unsettled("kb", NOON)] == [missed]
    assert repository.unsettled("kb", missed.due + timedelta(seconds=1)) == ()
    assert repository.replies("kb", DAY)[1].checked.promises == (kept,)


def test_the_agents_next_reply_is_found(engine: Engine, repository: QualityRepository) -> None:
    SqlConversationRepository(engine).append("c", [said("It is done.", id="m3", hours=2)])
    bot, first, second = checked(repository)
    assert repository.answered_later([bot.reply, first.reply, second.reply]) == {
        bot.reply.id: replace(first.reply, text=""),
        first.reply.id: replace(second.reply, text=""),
    }
    assert repository.answered_later([]) == {}


def test_a_turn_that_is_reported_again_is_left_out(engine: Engine) -> None:
    talk = SqlConversationRepository(engine)
    talk.append("c", [said("Let me see."), said("Now.", id="m3"), said("Now.", id="m3")])
    assert [turn.text for turn in talk.history("c")][2:] == ["Let me see.", "Thanks.", "Now."]
    talk.append("elsewhere", [said("Let me see.")])
    assert [turn.text for turn in talk.history("elsewhere")] == ["Let me see."]
    with pytest.raises(NotFound, match="nowhere"):
        talk.append("c", [said("x", id="m9", kb="nowhere")])


@pytest.mark.parametrize(
    ("verdict", "csat", "last", "outcome"),
    [
        (Opinion.SOLVED, None, "Still broken!", Outcome(None, solved=True)),
        (Opinion.REJECTED, 5, "", Outcome(5.0, solved=False)),
        (None, 4, "", Outcome(4.0, solved=True)),
        (None, 2, "", Outcome(2.0, solved=False)),
        (None, 3, "It works now, thank you!", Outcome(3.0, solved=True)),
        (None, None, "It still does not work.", Outcome(None, solved=False)),
        (None, None, "And the colour?", Outcome()),
    ],
)
def test_how_a_conversation_ended(
    engine: Engine,
    repository: QualityRepository,
    verdict: Opinion | None,
    csat: int | None,
    last: str,
    outcome: Outcome,
) -> None:
    checked(repository)
    if verdict or csat:
        SqlFeedbackRepository(engine).add(Feedback("f", "a", verdict, "", csat, "", NOON))
    if last:
        SqlConversationRepository(engine).append("c", [Turn(Role.CUSTOMER, last)])
    found = repository.outcomes("kb", DAY)
    assert found.keys() == {"c"}
    assert found["c"] == (outcome if last or verdict or csat else Outcome())


def test_erasing_a_conversation_takes_checks_and_promises_along(engine: Engine, repository: QualityRepository) -> None:
    checked(repository)
    SqlCustomerRepository(engine).erase(["c"])
    assert repository.replies("kb", DAY) == ()
    assert repository.unsettled("kb", NOON) == ()
    assert repository.unchecked("kb", 9) == ()
    SqlKnowledgeRepository(engine).delete_knowledge_base("kb")
