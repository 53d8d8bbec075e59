from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.event import Event
from engine.domain.exchange import CitedPlace, Exchange
from engine.domain.insights import AskedQuestion, Failure
from engine.domain.knowledge import KnowledgeBase
from engine.domain.privacy import CustomerData
from engine.domain.profile import CustomerProfile, InterestKind
from engine.insights.proactive.profile import MOST, profile
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports.insights import KeptQuestion
from tests.fakes.repositories import database, exchange, publish

NOW = datetime(2026, 7, 30, 12, tzinfo=UTC)


@pytest.fixture
def knowledge() -> Iterator[SqlKnowledgeRepository]:
    with database() as engine:
        kept = SqlKnowledgeRepository(engine)
        kept.add_knowledge_base(KnowledgeBase("kb"))
        publish(kept, "returns", tags=("policy", "access:staff"))
        yield kept


def asked(number: int, text: str, *, days: float = 0, cites: str = "", language: str = "en") -> Exchange:
    places = (CitedPlace(cites, 1, "", "", ""),) if cites else ()
    at = NOW - timedelta(days=days)
    return exchange(f"a{number}", standalone=text, citations=places, created_at=at, language=language)


def read(
    each: Exchange, topic: str, *, failed: bool = False, level: int = 3, csat: float | None = None
) -> KeptQuestion:
    question = AskedQuestion(each.answer_id, "c", each.standalone, each.language, each.created_at)
    return KeptQuestion(question, level, topic, "", csat or None, (Failure.ABSTAINED,) if failed else ())


def told(
    knowledge: SqlKnowledgeRepository,
    exchanges: list[Exchange],
    kept: list[KeptQuestion],
    events: tuple[Event, ...] = (),
) -> CustomerProfile:
    return profile(
        CustomerData("tom", (), events),
        exchanges,
        {each.asked.answer_id: each for each in kept},
        knowledge=knowledge,
        names={"t": "parcels", "u": "invoices"},
        now=NOW,
    )


def test_needs_are_topics_and_unmet_by_their_latest_question(knowledge: SqlKnowledgeRepository) -> None:
    first, second, third = asked(1, "a", days=3), asked(2, "b", days=2), asked(3, "c", days=1)
    kept = [read(first, "t", failed=True), read(second, "u", failed=True, level=1), read(third, "t", csat=4.0)]
    found = told(knowledge, [first, second, third], kept)
    assert [(each.name, each.questions, each.unmet) for each in found.needs] == [
        ("parcels", 2, False),
        ("invoices", 1, True),
    ]
    assert (found.level, found.csat, found.questions) == (7 / 3, 4.0, 3)


def test_questions_of_no_topic_are_no_needs(knowledge: SqlKnowledgeRepository) -> None:
    one, other = asked(1, "a"), asked(2, "b", language="ja")
    found = told(knowledge, [one, other], [read(one, "")])
    assert (found.needs, found.questions, list(found.languages)) == ((), 2, ["ja", "en"])


def test_interests_are_pages_tags_products_and_what_events_are_about(knowledge: SqlKnowledgeRepository) -> None:
    one = asked(1, "Is the K2 kettle of order MV-2026-118420 returnable?", cites="returns")
    gone = asked(2, "And the other?", cites="deleted")
    events = (
        Event("1", "tom", "viewed", NOW - timedelta(days=30), "Drift R3"),
        Event("2", "tom", "viewed", NOW, "Drift R3"),
        Event("3", "tom", "paid", NOW, "MV-2026-118420"),
    )
    found = told(knowledge, [one, gone], [], events)
    weights = {(each.kind, each.name): (each.weight, each.times) for each in found.interests}
    assert weights == {
        (InterestKind.EVENT, "Drift R3"): (1.5, 2),
        (InterestKind.DOCUMENT, "Returns"): (1.0, 1),
        (InterestKind.TAG, "policy"): (1.0, 1),
        (InterestKind.PRODUCT, "k2"): (1.0, 1),
    }
    assert found.interests[0].name == "Drift R3"
    assert (found.events, found.last_at) == ({"paid": 1, "viewed": 2}, NOW)


def test_only_so_many_are_told(knowledge: SqlKnowledgeRepository) -> None:
    events = tuple(Event(str(n), "tom", "viewed", NOW, f"Page {chr(65 + n)}") for n in range(MOST + 4))
    found = told(knowledge, [], [], events)
    assert len(found.interests) == MOST
    assert (found.level, found.csat, found.needs) == (None, None, ())
