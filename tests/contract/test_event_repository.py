"""What every adapter of the EventRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from engine.domain.event import Event, Message
from engine.domain.knowledge import KnowledgeBase
from engine.masked.events import MaskedEvents
from engine.persistence.events import SqlEventRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports.events import EventRepository
from tests.fakes.repositories import database

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SEEN = Event("e1", "c-1", "Page:Viewed", NOON, "Drift R3", {"seconds": 320.0, "page": "r3.html"})
PAID = Event("e2", "c-1", "order.paid", NOON + timedelta(hours=1))
OTHERS = Event("e3", "c-2", "failed", NOON + timedelta(hours=2), "\x00\ud83d")
MESSAGE = Message("m", "kb", "c-1", "failed", NOON, "Hello", "en", ("e1", "e2"))


@pytest.fixture
def engine() -> Iterator[Engine]:
    with database() as made:
        SqlKnowledgeRepository(made).add_knowledge_base(KnowledgeBase("kb"))
        yield made


@pytest.fixture(params=["sqlite", "masked"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> EventRepository:
    kept = SqlEventRepository(engine)
    return MaskedEvents(kept) if request.param == "masked" else kept


def unnamed(events: tuple[Event, ...]) -> list[Event]:
    """Return events without their ids, which are kept as hashes."""
    return [replace(each, id="") for each in events]


def test_events_come_back_in_order_to_whom_they_happened(repository: EventRepository) -> None:
    assert repository.add([PAID, SEEN, OTHERS]) == 3
    assert unnamed(repository.events("c-1")) == [replace(SEEN, id=""), replace(PAID, id="")]
    assert unnamed(repository.events("c-2")) == [replace(OTHERS, id="")]
    assert unnamed(repository.events("c-1", since=PAID.at)) == [replace(PAID, id="")]
    assert repository.events("nobody") == ()
    assert "e1" not in {each.id for each in repository.events("c-1")}


def test_an_event_is_kept_once(repository: EventRepository) -> None:
    assert [repository.add([SEEN, SEEN]), repository.add([SEEN, PAID]), repository.add([])] == [1, 1, 0]
    assert repository.add([replace(SEEN, subject="changed")]) == 0
    assert repository.events("c-1")[0].subject == "Drift R3"


def test_what_was_ever_told_of_and_who_has_events(repository: EventRepository) -> None:
    repository.add([SEEN, PAID, OTHERS])
    assert set(repository.deeds()) == {"viewed", "paid", "failed"}
    assert repository.customers(NOON) == ("c-1", "c-2")
    assert repository.customers(OTHERS.at) == ("c-2",)


def test_a_message_is_offered_once(repository: EventRepository) -> None:
    assert repository.offer(MESSAGE)
    assert not repository.offer(replace(MESSAGE, text="Again"))
    assert repository.messages("c-1") == (MESSAGE,)
    assert repository.messages("c-2") == ()


def test_a_customer_is_forgotten(repository: EventRepository) -> None:
    repository.add([SEEN, PAID, OTHERS])
    repository.offer(MESSAGE)
    assert repository.forget("c-1") == (2, 1)
    assert (repository.events("c-1"), repository.messages("c-1")) == ((), ())
    assert len(repository.events("c-2")) == 1
    assert repository.forget("c-1") == (0, 0)


def test_what_is_old_is_forgotten(repository: EventRepository) -> None:
    repository.add([SEEN, PAID, OTHERS])
    repository.offer(MESSAGE)
    assert repository.forget_before(PAID.at) == (1, 1)
    assert [each.kind for each in repository.events("c-1")] == ["order.paid"]


def test_personal_data_is_masked_before_it_is_kept(engine: Engine) -> None:
    masked, kept = MaskedEvents(SqlEventRepository(engine)), SqlEventRepository(engine)
    masked.add([replace(SEEN, subject="of tom@example.com", details={"to": "tom@example.com", "n": 2.0})])
    masked.offer(replace(MESSAGE, text="Write to tom@example.com"))
    (event,) = kept.events("c-1")
    assert (event.subject, event.details) == ("of [email 1]", {"to": "[email 1]", "n": 2.0})
    assert kept.messages("c-1")[0].text == "Write to [email 1]"
