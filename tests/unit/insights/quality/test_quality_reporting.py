from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.check import CheckRule, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.domain.conversation import Role
from engine.domain.insights import Period
from engine.domain.knowledge import Span
from engine.domain.quality import (
    CheckedReply,
    KeptReplyFinding,
    Outcome,
    PromiseState,
    QualityFigures,
    ReplyFilter,
    SentReply,
    ShownReply,
    TrackedPromise,
)
from engine.insights.quality.reporting import chosen, figures, report

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PERIOD = Period(NOON, NOON + timedelta(days=7))
FOUND = KeptReplyFinding(CheckRule.PROMISE, "contradicted", Severity.BLOCK, Span(0, 4))


def shown(
    name: str, *, agent: str = "", verdict: Verdict = Verdict.PASS, state: PromiseState | None = None, topic: str = ""
) -> ShownReply:
    """Return a reply in conversation "c" and the first letter of its name."""
    role = Role.AGENT if agent else Role.ASSISTANT
    reply = SentReply(name, f"c{name[0]}", 1, role, "", NOON, "en", agent, f"team of {agent}" if agent else "")
    promise = TrackedPromise(f"p{name}", name, PromiseMatter.REFUND, Span(0, 4), NOON, PromiseStanding.FINE)
    promises = (TrackedPromise(*_fields(promise), state),) if state else ()
    findings = (FOUND,) if verdict is Verdict.BLOCK else ()
    return ShownReply(CheckedReply(reply, verdict, findings, promises), topic)


def _fields(made: TrackedPromise) -> tuple[str, str, PromiseMatter, Span, datetime, PromiseStanding]:
    return made.id, made.reply_id, made.matter, made.span, made.due, made.standing


REPLIES = [
    shown("a1", topic="t"),
    shown("a2", agent="tom", verdict=Verdict.BLOCK, state=PromiseState.KEPT, topic="t"),
    shown("b1", agent="tom", verdict=Verdict.WARN, state=PromiseState.MISSED),
    shown("b2", agent="ann", state=PromiseState.UNKNOWN),
]
OUTCOMES = {"ca": Outcome(5.0, solved=True), "cb": Outcome(2.0, solved=False), "cz": Outcome(1.0)}


def test_figures_count_replies_and_conversations() -> None:
    found = figures(REPLIES, OUTCOMES)
    assert (found.replies, found.conversations, found.warned, found.blocked) == (4, 2, 1, 1)
    assert found.findings == {"promise": 1}
    assert found.promises == {PromiseState.KEPT: 1, PromiseState.MISSED: 1, PromiseState.UNKNOWN: 1}
    assert (found.kept, found.csat, found.solved, found.told) == (0.5, 3.5, 0.5, 2)


def test_nothing_has_no_shares() -> None:
    assert figures([], OUTCOMES) == QualityFigures()
    assert QualityFigures().kept is None
    assert figures(REPLIES, {}).csat is None


def test_groups_are_of_people_and_topics_with_most_replies_first() -> None:
    found = report(PERIOD, REPLIES, OUTCOMES, {"t": "parcel"})
    assert (found.total.replies, found.assistant.replies, found.people.replies) == (4, 1, 3)
    assert [(each.id, each.figures.replies) for each in found.agents] == [("tom", 2), ("ann", 1)]
    assert [each.id for each in found.teams] == ["team of tom", "team of ann"]
    assert [(each.id, each.name) for each in found.topics] == [("t", "parcel"), ("", "")]
    assert found.agents[0].figures.csat == 3.5


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ReplyFilter(), ["a1", "a2", "b1", "b2"]),
        (ReplyFilter(agent="tom"), ["a2", "b1"]),
        (ReplyFilter(team="team of ann"), ["b2"]),
        (ReplyFilter(topic_id="t"), ["a1", "a2"]),
        (ReplyFilter(topic_id=""), ["b1", "b2"]),
        (ReplyFilter(rule=CheckRule.PROMISE), ["a2"]),
        (ReplyFilter(verdict=Verdict.WARN), ["b1"]),
        (ReplyFilter(promise=PromiseState.UNKNOWN), ["b2"]),
        (ReplyFilter(agent="tom", verdict=Verdict.PASS), []),
    ],
)
def test_replies_are_chosen(wanted: ReplyFilter, names: list[str]) -> None:
    assert [each.checked.reply.id for each in chosen(REPLIES, wanted)] == names
