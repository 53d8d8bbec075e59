from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.conversation import TurnAction
from engine.domain.insights import ClusterKind, Failure, GapCause, GapMatch, Period
from engine.insights.gaps import COSTS, cost, failing, gaps, is_gap
from tests.fakes.questions import NOON, KeptDesk, cluster, kept_desk

EVER = Period(NOON, NOON + timedelta(days=99))
LACKING = GapMatch(GapCause.MISSING, 0.9)


@pytest.fixture
def desk() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def test_a_person_costs_most_and_silence_least() -> None:
    order = sorted(COSTS, key=lambda failure: -COSTS[failure])
    assert order == list(Failure)
    assert cost({Failure.HANDED_OVER: 2, Failure.ABSTAINED: 3}) == 13
    assert cost({}) == 0


@pytest.mark.parametrize(
    ("conversations", "match", "counts"),
    [(3, LACKING, True), (2, LACKING, False), (30, replace(LACKING, failing=0.2), False), (30, None, False)],
)
def test_a_gap_takes_some_conversations_and_that_most_alike_fail(
    conversations: int, match: GapMatch | None, counts: bool
) -> None:
    assert is_gap(conversations, match) is counts


def test_what_is_as_near_as_most_failures_is_alike() -> None:
    assert failing([0.9, 0.8, 0.8, 0.2], [0.3, 0.5]) == 1
    assert failing([0.9, 0.8, 0.8, 0.2], [0.85, 0.95, 0.9]) == 0.5
    assert failing([0.5], []) == 1
    assert failing([], [0.5]) == 0


def test_gaps_come_with_what_they_cost_the_dearest_first(desk: KeptDesk) -> None:
    cheap = desk.ask_many(4, "parcel", told=TurnAction.ABSTAIN)
    dear = desk.ask_many(3, "invoice", told=TurnAction.HANDOFF)
    fine = desk.ask_many(3, "kettle", told=TurnAction.ABSTAIN)
    desk.read()
    made = [
        replace(cluster(name, ClusterKind.GAP), match=LACKING if name != "fine" else replace(LACKING, failing=0.1))
        for name in ("cheap", "dear", "fine", "silent")
    ]
    desk.insights.put_clusters("kb", made)
    for name, asked in (("cheap", cheap), ("dear", dear), ("fine", fine)):
        desk.insights.group(ClusterKind.GAP, {each.answer_id: name for each in asked})
    first, second = gaps(desk.insights, "kb", EVER, limit=9)
    assert (first.id, first.cost, first.failures) == ("dear", 15, {Failure.HANDED_OVER: 3})
    assert (second.id, second.cost, second.questions, second.conversations) == ("cheap", 4, 4, 4)
    assert second.samples[0] == cheap[-1].standalone
    assert second.last_seen == cheap[-1].created_at
    assert [each.id for each in gaps(desk.insights, "kb", EVER, limit=1)] == ["dear"]


def test_a_period_has_its_own_gaps(desk: KeptDesk) -> None:
    asked = desk.ask_many(4, "parcel", told=TurnAction.ABSTAIN)
    desk.read()
    desk.insights.put_clusters("kb", [replace(cluster("gap", ClusterKind.GAP), match=LACKING)])
    desk.insights.group(ClusterKind.GAP, {each.answer_id: "gap" for each in asked})
    assert gaps(desk.insights, "kb", Period(asked[2].created_at, EVER.until), limit=9) == ()
    (found,) = gaps(desk.insights, "kb", Period(asked[1].created_at, EVER.until), limit=9)
    assert found.questions == 3
