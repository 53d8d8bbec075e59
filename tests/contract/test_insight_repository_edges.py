"""What every adapter of the InsightRepository port must do where runs meet, opinions differ and nothing is there."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from engine.domain.conversation import TurnAction
from engine.domain.feedback import Verdict
from engine.domain.insights import ClusterKind, Failure, GapCause, GapMatch, Period, QuestionFilter, ReadQuestion
from engine.errors import NotFound
from engine.persistence.customers import SqlCustomerRepository
from engine.ports.insights import Cluster
from tests.fakes.questions import NOON, KeptDesk, cluster, kept_desk, opinion

TOPIC, GAP = ClusterKind.TOPIC, ClusterKind.GAP
EVER = Period(NOON - timedelta(days=300), NOON + timedelta(days=300))


@pytest.fixture(params=["sqlite"])
def desk(request: pytest.FixtureRequest) -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def failures(desk: KeptDesk) -> dict[str, tuple[Failure, ...]]:
    return {each.asked.answer_id: each.failures for each in desk.insights.questions("kb", QuestionFilter())}


@pytest.mark.parametrize(
    ("ratings", "low"),
    [
        ((1, 5), False),
        ((1, 3), True),
        ((2,), True),
        ((3,), False),
        ((1, 2, 5), False),
        ((5, 1, 1, 1), True),
        ((), False),
    ],
)
def test_ratings_count_by_their_mean_wherever_they_count(desk: KeptDesk, ratings: tuple[int, ...], low: bool) -> None:
    asked = desk.ask("One?").answer_id
    desk.read()
    for at, csat in enumerate(ratings):
        desk.feedback.add(opinion(asked, csat, edited=str(at)))
    desk.insights.group(GAP, {asked: "gap"})
    assert failures(desk)[asked] == ((Failure.RATED_LOW,) if low else ())
    assert (asked in desk.insights.members("kb", GAP)) is low
    assert desk.insights.population("kb", GAP) == int(low)
    assert desk.insights.failures("kb", EVER) == ({"gap": {Failure.RATED_LOW: 1}} if low else {})


def test_one_rejection_counts_whatever_else_was_said(desk: KeptDesk) -> None:
    asked = desk.ask("One?").answer_id
    desk.read()
    desk.rate(asked, verdict=Verdict.ACCEPTED)
    desk.rate(asked, csat=5, verdict=Verdict.SOLVED)
    desk.rate(asked, verdict=Verdict.REJECTED)
    assert failures(desk) == {asked: (Failure.REJECTED,)}
    assert list(desk.insights.members("kb", GAP)) == [asked]


def test_every_way_to_fail_is_told_the_costliest_first(desk: KeptDesk) -> None:
    asked = desk.ask("One?", told=TurnAction.HANDOFF).answer_id
    desk.read()
    desk.rate(asked, csat=1, verdict=Verdict.REJECTED)
    desk.insights.read("kb", [], asked_again=[asked])
    found = [Failure.HANDED_OVER, Failure.REJECTED, Failure.RATED_LOW, Failure.REASKED]
    assert list(failures(desk)[asked]) == found


def test_what_somebody_else_read_meanwhile_is_passed_over(desk: KeptDesk) -> None:
    desk.ask("One?")
    desk.ask("Two?")
    first, second = (ReadQuestion(each, 2, True) for each in desk.insights.unread("kb", 9))
    desk.insights.read("kb", [first])
    desk.insights.read("kb", [ReadQuestion(first.asked, 5, True), second])
    assert desk.insights.count("kb") == (2, 0)
    assert [each.level for each in desk.insights.questions("kb", QuestionFilter())] == [2, 2]


def test_what_was_erased_meanwhile_is_passed_over(desk: KeptDesk) -> None:
    gone = desk.ask("One?")
    desk.ask("Two?")
    read = [ReadQuestion(each, 3, True) for each in desk.insights.unread("kb", 9)]
    SqlCustomerRepository(desk.engine).erase([gone.conversation_id])
    desk.insights.read("kb", read, asked_again=[gone.answer_id])
    assert [each.asked.text for each in desk.insights.questions("kb", QuestionFilter())] == ["Two?"]


def test_two_runs_at_a_time_read_every_question_once(desk: KeptDesk) -> None:
    desk.ask_many(30, "parcel")

    def run(_: int) -> None:
        while asked := desk.insights.unread("kb", 7):
            desk.insights.read("kb", [ReadQuestion(each, 3, True) for each in asked])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    assert desk.insights.count("kb") == (30, 0)
    assert len(desk.insights.questions("kb", QuestionFilter())) == 30


def test_many_ids_at_a_time_are_no_matter(desk: KeptDesk) -> None:
    known = desk.ask("One?").answer_id
    desk.read()
    many = [*(f"unheard of {at}" for at in range(1200)), known]
    assert [each.answer_id for each in desk.insights.texts(many)] == [known]
    desk.insights.read("kb", [], asked_again=many)
    assert failures(desk) == {known: (Failure.REASKED,)}
    desk.insights.group(TOPIC, dict.fromkeys(many, "topic"))
    assert desk.insights.members("kb", TOPIC) == {known: "topic"}


def test_a_cursor_of_another_knowledge_base_is_none(desk: KeptDesk) -> None:
    elsewhere = desk.ask("Elsewhere?", knowledge_base="other").answer_id
    desk.ask("Here?")
    desk.insights.read("other", [ReadQuestion(each, 3, True) for each in desk.insights.unread("other", 9)])
    desk.read()
    assert [each.asked.text for each in desk.insights.questions("other", QuestionFilter())] == ["Elsewhere?"]
    with pytest.raises(NotFound, match="no such question"):
        desk.insights.questions("kb", QuestionFilter(), after=elsewhere)


def test_of_two_questions_at_one_moment_none_is_listed_twice(desk: KeptDesk) -> None:
    asked = sorted(desk.ask(f"{at}?", created_at=NOON).answer_id for at in range(5))
    desk.read()
    listed, after = list[str](), ""
    while page := desk.insights.questions("kb", QuestionFilter(), after=after, limit=2):
        listed += [each.asked.answer_id for each in page]
        after = listed[-1]
    assert listed == asked[::-1]


def test_another_knowledge_base_sees_nothing(desk: KeptDesk) -> None:
    asked = desk.ask("One?", told=TurnAction.ABSTAIN).answer_id
    desk.read()
    desk.insights.group(TOPIC, {asked: "topic"})
    desk.insights.group(GAP, {asked: "gap"})
    other = desk.insights
    assert not other.counts("other", TOPIC, EVER)
    assert not other.failures("other", EVER)
    assert not other.days("other", EVER)
    assert not other.heat("other", EVER)
    assert not other.questions("other", QuestionFilter(topic_id="topic"))
    assert not other.newest("other", 9)
    assert not other.ungrouped("other", TOPIC, 9)
    assert other.count("other") == (0, 0)


@pytest.mark.parametrize("hours", [-11, 0, 9, 14])
def test_days_are_those_of_utc_wherever_it_was_asked(desk: KeptDesk, hours: int) -> None:
    here = timezone(timedelta(hours=hours))
    moments = [datetime(2026, 7, 1, 23, 59, 59, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)]
    for moment in moments:
        desk.ask("One?", created_at=moment.astimezone(here))
    desk.read()
    days = desk.insights.days("kb", Period(moments[0].astimezone(here), moments[1] + timedelta(seconds=1)))
    assert {day.day: count for day, count in days.items()} == {1: 1, 2: 1}
    assert len(desk.insights.days("kb", Period(moments[0], moments[1]))) == 1


def test_a_period_that_is_none_holds_nothing(desk: KeptDesk) -> None:
    desk.ask("One?")
    desk.read()
    assert desk.insights.counts("kb", TOPIC, Period(EVER.until, EVER.since)) == {}
    assert desk.insights.days("kb", Period(NOON, NOON)) == {}


def test_means_are_of_those_who_rated(desk: KeptDesk) -> None:
    rated, silent = desk.ask("One?").answer_id, desk.ask("Two?").answer_id
    desk.read(levels=(1, 4))
    desk.rate(rated, csat=5)
    desk.rate(rated, csat=4)
    desk.insights.group(TOPIC, {rated: "topic", silent: "topic"})
    rates = desk.insights.counts("kb", TOPIC, EVER)["topic"].rates
    assert (rates.questions, rates.csat, rates.level) == (2, 4.5, 2.5)


def test_languages_come_with_the_most_spoken_first(desk: KeptDesk) -> None:
    for language in ("ja", "zh-Hant", "en", "zh-Hans", "ja", "zh-Hant", "und"):
        desk.ask("?", language=language)
    desk.read()
    (counts,) = desk.insights.counts("kb", TOPIC, EVER).values()
    assert list(counts.languages) == ["ja", "zh-Hant", "en", "und", "zh-Hans"]


def test_replies_are_of_one_gap_and_the_newest_first(desk: KeptDesk) -> None:
    first, second, other = (desk.ask(text).answer_id for text in ("One?", "Two?", "Three?"))
    desk.read()
    desk.insights.group(GAP, {first: "gap", second: "gap", other: "other"})
    for at, (asked, text) in enumerate(((first, "So."), (other, "No."), (second, "Thus."))):
        said = opinion(asked, verdict=Verdict.EDITED, edited=text)
        desk.feedback.add(type(said)(said.id, asked, Verdict.EDITED, text, None, "", NOON + timedelta(minutes=at)))
    assert desk.insights.replies("gap", 9) == ("Thus.", "So.")
    assert desk.insights.replies("gap", 1) == ("Thus.",)


@pytest.mark.parametrize("name", ["", "包裹 · 物流", "🙂 \x00 \ud83d", "ثلاجة"])
def test_any_name_comes_back(desk: KeptDesk, name: str) -> None:
    match = GapMatch(GapCause.CONTRADICTED, 0.25, name, name, name)
    vector = np.array([0.1, -0.7, 1e-9], dtype=np.float32)
    kept = Cluster("c", GAP, name, (name,), vector, np.zeros(0, dtype=np.float32), 0, NOON, match)
    desk.insights.put_clusters("kb", [kept])
    (found,) = desk.insights.clusters("kb", GAP)
    assert (found.name, found.terms, found.match) == (name, (name,), match)
    assert found.second.shape == (0,)
    assert np.allclose(found.first, vector, atol=1e-3)


def test_clusters_come_oldest_first_and_ties_by_id(desk: KeptDesk) -> None:
    late = Cluster("a", TOPIC, "", (), np.zeros(1, np.float32), np.zeros(1, np.float32), 0, NOON + timedelta(days=1))
    desk.insights.put_clusters("kb", [late, cluster("c"), cluster("b")])
    assert [each.id for each in desk.insights.clusters("kb", TOPIC)] == ["b", "c", "a"]
    assert desk.insights.clusters("kb", GAP) == ()
