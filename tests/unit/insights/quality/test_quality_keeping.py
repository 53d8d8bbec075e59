"""Promises of one agent, and what is heard of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.domain.check import PromiseMatter, PromiseStanding, Verdict
from engine.domain.conversation import Role, Saying, Turn
from engine.domain.event import Event
from engine.domain.insights import Period
from engine.domain.knowledge import KnowledgeBase, Span
from engine.domain.quality import CheckedReply, PromiseState, TrackedPromise
from engine.insights.quality.keeping import LOOK_BACK, PromiseKeeping, orders_in
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.events import SqlEventRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.quality import SqlQualityRepository
from tests.fakes.repositories import database

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def kept() -> Iterator[Engine]:
    with database() as made:
        SqlKnowledgeRepository(made).add_knowledge_base(KnowledgeBase("kb"))
        yield made


def promise(kept: Engine, matter: PromiseMatter, text: str = "As promised.", *, customer: str = "tom") -> None:
    """Have an agent promise something at noon that is due in two hours."""
    turn = Turn(Role.AGENT, text, saying=Saying("m", "kb", NOON, "a-17"))
    SqlConversationRepository(kept).append("c", [turn], customer=customer)
    quality = SqlQualityRepository(kept)
    (reply,) = quality.unchecked("kb", 9)
    made = TrackedPromise("p", reply.id, matter, Span(0, 2), NOON + 2 * HOUR, PromiseStanding.FINE)
    quality.keep("kb", [CheckedReply(reply, Verdict.PASS, (), (made,))])


def happened(kept: Engine, kind: str, hours: float, **told: Any) -> None:
    event = Event(f"{kind}{hours}", "tom", kind, NOON + hours * HOUR, **told)
    SqlEventRepository(kept).add([event])


def state(kept: Engine, now: datetime = LATER) -> PromiseState:
    """Bring promises up to date and return the state of the only one."""
    quality = SqlQualityRepository(kept)
    keeping = PromiseKeeping(quality, SqlEventRepository(kept), SqlConversationRepository(kept))
    keeping.settle("kb", now)
    (reply,) = quality.replies("kb", Period(NOON - HOUR, NOON + HOUR))
    return reply.checked.promises[0].state


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        (PromiseMatter.REFUND, "Order.Refunded"),
        (PromiseMatter.DELIVERY, "shipped"),
        (PromiseMatter.REPLACEMENT, "order:exchanged"),
        (PromiseMatter.REPAIR, "repaired"),
        (PromiseMatter.COMPENSATION, "voucher.credited"),
        (PromiseMatter.CHANGE, "subscription.cancelled"),
        (PromiseMatter.CONTACT, "called"),
    ],
)
def test_each_matter_has_its_events(kept: Engine, matter: PromiseMatter, kind: str) -> None:
    promise(kept, matter)
    happened(kept, "viewed", 1)
    assert state(kept, NOON + HOUR) is PromiseState.OPEN
    happened(kept, kind, 1.5)
    assert state(kept) is PromiseState.KEPT


def test_the_first_event_counts(kept: Engine) -> None:
    promise(kept, PromiseMatter.REFUND)
    happened(kept, "refunded", 3)
    assert state(kept) is PromiseState.LATE
    happened(kept, "refunded", 1)
    assert state(kept) is PromiseState.LATE  # settled once


def test_a_missed_promise_may_turn_out_late(kept: Engine) -> None:
    promise(kept, PromiseMatter.REFUND)
    happened(kept, "refunded", -3)
    assert state(kept) is PromiseState.MISSED
    happened(kept, "refunded", 30)
    assert state(kept, LATER + 2 * timedelta(days=1)) is PromiseState.LATE


def test_what_is_long_over_is_left_alone(kept: Engine) -> None:
    promise(kept, PromiseMatter.REFUND)
    happened(kept, "refunded", 1)
    assert state(kept, NOON + LOOK_BACK + timedelta(days=2)) is PromiseState.OPEN


def test_of_nobody_nothing_is_known(kept: Engine) -> None:
    promise(kept, PromiseMatter.REFUND, customer="")
    happened(kept, "refunded", 1)
    assert state(kept) is PromiseState.UNKNOWN


@pytest.mark.parametrize(("hours", "asked"), [(1, ["tom"]), (-1, [])])
def test_only_customers_with_events_since_are_asked_for(
    kept: Engine, hours: float, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    plain = SqlEventRepository.events

    def events(self: SqlEventRepository, customer: str) -> tuple[Event, ...]:
        seen.append(customer)
        return plain(self, customer)

    monkeypatch.setattr(SqlEventRepository, "events", events)
    promise(kept, PromiseMatter.REFUND)
    happened(kept, "refunded", hours)
    state(kept)
    assert seen == asked


def test_orders_are_codes_with_many_digits() -> None:
    assert orders_in(["Order MV-2026-118420 with a K2 and 30 EUR", "Nothing"]) == {"mv-2026-118420"}
