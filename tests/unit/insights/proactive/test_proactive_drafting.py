"""When a cause becomes a message: pauses, caps, and what the knowledge and the checks say to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from engine.answering.request import AnswerRequest
from engine.checks import CheckRequest
from engine.domain.answer import AnswerMode, AnswerText
from engine.domain.check import Checked, Verdict
from engine.domain.event import Event
from engine.domain.knowledge import KnowledgeBase
from engine.domain.proactive import HeldBack, HoldingReason, Offer
from engine.insights.proactive.drafting import MessageDrafter
from engine.insights.proactive.rules import ProactiveRules
from engine.insights.rehearsing import Rehearsal
from engine.persistence.events import SqlEventRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database

NOW = datetime(2026, 7, 3, 12, tzinfo=UTC)
SAID = {"en": "What of {subject}?", "ja": "{subject}?"}


def rules(*names: str, caps: dict[str, int] | None = None, **changes: Any) -> ProactiveRules:
    every = [{"name": name, "kind": name, "question": SAID, "opening": SAID, **changes} for name in names]
    return ProactiveRules.model_validate({"caps": caps or {}, "rules": every})


class Desk:
    """Answers everything with two sentences, or nothing."""

    def __init__(self, *, knows: bool = True, verdict: Verdict = Verdict.PASS) -> None:
        self.knows = knows
        self.asked: list[AnswerRequest] = []
        self.checked: list[str] = []
        self._verdict = verdict
        self.checks = SimpleNamespace(check=self._check)

    def answer(self, knowledge_base: str, request: AnswerRequest) -> Any:
        self.asked.append(request)
        text = AnswerText("So it is.", request.language, AnswerMode.EXTRACTIVE) if self.knows else None
        return SimpleNamespace(text=text, citations=(), confidence=0.7)

    def _check(self, knowledge_base: str, request: CheckRequest) -> Checked:
        self.checked.append(request.text)
        return Checked(self._verdict, request.language, ())


@pytest.fixture
def events() -> Iterator[SqlEventRepository]:
    with database() as engine:
        SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb"))
        yield SqlEventRepository(engine)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk()
    monkeypatch.setattr(Rehearsal, "of", lambda _: made)
    return made


def happened(events: SqlEventRepository, *kinds: str, hours: float = 1, subject: str = "R3") -> None:
    at = NOW - timedelta(hours=hours)
    events.add([Event(f"{kind} {subject} {hours}", "tom", kind, at, subject) for kind in kinds])


def drafted(
    desk: Desk, events: SqlEventRepository, chosen: ProactiveRules, *, now: datetime = NOW, **how: Any
) -> list[str]:
    """Return the rules whose messages were drafted, and those held back with the reason."""
    drafter = MessageDrafter(desk, events, chosen)  # type: ignore[arg-type]
    found = drafter.drafted("kb", "tom", how.pop("language", "en"), now, **how)
    return [f"{each.rule}: {each.reason}" if isinstance(each, HeldBack) else each.message.rule for each in found]


def test_a_message_has_opening_answer_and_invitation(desk: Desk, events: SqlEventRepository) -> None:
    happened(events, "failed")
    drafter = MessageDrafter(desk, events, rules("failed"))  # type: ignore[arg-type]
    (made,) = drafter.drafted("kb", "tom", "ja", NOW)
    assert isinstance(made, Offer)
    assert made.message.text.split("\n\n")[:2] == ["R3?", "So it is."]
    assert (made.message.language, made.confidence, desk.checked) == ("ja", 0.7, [made.message.text])
    assert (desk.asked[0].question, desk.asked[0].conversation_id) == ("R3?", "")
    assert events.messages("tom") == (made.message,)


def test_the_same_events_give_cause_once(desk: Desk, events: SqlEventRepository) -> None:
    happened(events, "failed")
    chosen = rules("failed", cooldown_days=0)
    assert drafted(desk, events, chosen, keep=False) == ["failed"]
    assert drafted(desk, events, chosen) == ["failed"]
    assert drafted(desk, events, chosen) == [f"failed: {HoldingReason.SENT}"]
    assert len(desk.asked) == 2


def test_a_rule_pauses(desk: Desk, events: SqlEventRepository) -> None:
    chosen = rules("failed", cooldown_days=3, within_hours=200)
    happened(events, "failed")
    assert drafted(desk, events, chosen) == ["failed"]
    happened(events, "failed", hours=0)
    assert drafted(desk, events, chosen) == ["failed: cooldown"]
    assert drafted(desk, events, chosen, now=NOW + timedelta(days=4)) == ["failed"]


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        ({"per_day": 1}, ["failed", "viewed: cap"]),
        ({"per_day": 5, "per_week": 1}, ["failed", "viewed: cap"]),
        ({"per_day": 0}, ["failed: cap", "viewed: cap"]),
        ({"per_day": 2}, ["failed", "viewed"]),
    ],
)
def test_customers_have_caps(desk: Desk, events: SqlEventRepository, caps: dict[str, int], expected: list[str]) -> None:
    happened(events, "failed", "viewed")
    assert drafted(desk, events, rules("failed", "viewed", caps=caps)) == expected


def test_what_is_not_known_or_may_not_be_sent_is_held_back(
    desk: Desk, events: SqlEventRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(events, "failed")
    desk.knows = False
    assert drafted(desk, events, rules("failed")) == ["failed: no_knowledge"]
    strict = Desk(verdict=Verdict.BLOCK)
    monkeypatch.setattr(Rehearsal, "of", lambda _: strict)
    assert drafted(strict, events, rules("failed")) == ["failed: blocked"]
    assert events.messages("tom") == ()


def test_a_customer_without_events_gets_nothing(desk: Desk, events: SqlEventRepository) -> None:
    happened(events, "failed", hours=30)
    assert drafted(desk, events, rules("failed")) == []
    assert desk.asked == []
