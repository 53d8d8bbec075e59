"""Days, weeks and months: forecasts, heat maps and topics at the edges of the calendar and of what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.domain.insights import ClusterKind, HeatCell, Period
from engine.errors import InvalidInput
from engine.insights.forecast import FEWEST_DAYS, expected, series
from engine.insights.gaps import COSTS, failing
from engine.insights.heatmap import Interval, heat_map, interval_named, starts
from engine.insights.topics import FEWEST, is_emerging, topics
from tests.fakes.questions import NOON, KeptDesk, cluster, kept_desk


@pytest.fixture
def desk() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        (date(2026, 7, 1), date(2026, 6, 29), date(2026, 7, 1)),
        (date(2026, 6, 29), date(2026, 6, 29), date(2026, 6, 1)),
        (date(2026, 7, 5), date(2026, 6, 29), date(2026, 7, 1)),
        (date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2024, 2, 26), date(2024, 2, 1)),
    ],
)
def test_intervals_begin_on_mondays_and_on_the_first(day: date, week: date, month: date) -> None:
    assert [each.start(day) for each in (Interval.DAY, Interval.WEEK, Interval.MONTH)] == [day, week, month]


@pytest.mark.parametrize("interval", Interval)
def test_an_interval_begins_where_it_begins(interval: Interval) -> None:
    for at in range(400):
        first = interval.start(date(2024, 1, 1) + timedelta(days=at))
        assert interval.start(first) == first


@pytest.mark.parametrize("name", ["", "Week", "weeks", "year", "小时"])
def test_other_intervals_are_named_with_those_that_there_are(name: str) -> None:
    with pytest.raises(InvalidInput) as error:
        interval_named(name)
    assert repr(name) in error.value.message
    assert error.value.remedy == "Choose one of day, week, month."


def test_a_heat_map_keeps_levels_and_topics_apart(desk: KeptDesk) -> None:
    asked = desk.ask_many(4, "parcel")
    desk.read(levels=(1, 5))
    desk.insights.group(ClusterKind.TOPIC, {each.answer_id: "b" if at < 2 else "" for at, each in enumerate(asked)})
    cells = heat_map(desk.insights, "kb", Period(NOON, NOON + timedelta(days=1)), Interval.MONTH)
    july = date(2026, 7, 1)
    assert cells == (
        HeatCell("", july, 1, 1),
        HeatCell("", july, 5, 1),
        HeatCell("b", july, 1, 1),
        HeatCell("b", july, 5, 1),
    )
    assert starts(cells) == (july,)
    assert starts(()) == ()


def test_a_heat_map_of_nothing_is_empty(desk: KeptDesk) -> None:
    assert heat_map(desk.insights, "kb", Period(NOON, NOON + timedelta(days=1)), Interval.DAY) == ()


@pytest.mark.parametrize("days", [0, -1])
def test_no_days_ahead_bring_nothing(days: int) -> None:
    assert expected([5] * FEWEST_DAYS, begin=date(2026, 7, 1), days=days) == ()


@pytest.mark.parametrize("daily", [[], [1], [3] * (FEWEST_DAYS - 1)])
def test_too_short_a_record_says_how_long_it_is(daily: list[int]) -> None:
    with pytest.raises(InvalidInput, match=rf"{len(daily)} days?") as error:
        expected(daily, begin=date(2026, 7, 1), days=7)
    assert str(FEWEST_DAYS) in error.value.remedy


def test_a_forecast_is_the_same_each_time_and_never_below_nothing() -> None:
    daily = [0, 0, 1, 0, 9, 0, 0] * 4
    once, again = (expected(daily, begin=date(2024, 2, 27), days=10) for _ in range(2))
    assert once == again
    assert [each.day for each in once][:4] == [
        date(2024, 2, 27),
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]
    assert all(0 <= each.low <= each.questions <= each.high for each in once)


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (date(2026, 7, 1), date(2026, 7, 3), [1, 0, 2]),
        (date(2026, 7, 2), date(2026, 7, 2), [0]),
        (date(2026, 7, 2), date(2026, 7, 1), []),
        (date(2026, 6, 30), date(2026, 7, 1), [0, 1]),
    ],
)
def test_a_series_has_every_day_between(first: date, last: date, counts: list[int]) -> None:
    assert series({date(2026, 7, 1): 1, date(2026, 7, 3): 2}, first, last) == counts


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        (datetime(2026, 7, 8, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)),
        (datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)),
        (datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)),
    ],
)
def test_the_period_before_is_as_long_and_ends_where_it_begins(
    since: datetime, until: datetime, before: datetime
) -> None:
    assert Period(since, until).before == Period(before, since)


@pytest.mark.parametrize(
    ("questions", "before", "emerging"), [(FEWEST - 1, 0, False), (FEWEST, 0, False), (9, 0, True), (50, 50, False)]
)
def test_a_topic_emerges_by_more_than_chance(questions: int, before: int, emerging: bool) -> None:
    assert is_emerging(questions, before, total=200, total_before=200) is emerging


def test_the_more_a_topic_grows_the_surer_it_emerges() -> None:
    told = [is_emerging(questions, 10, total=500, total_before=500) for questions in range(60)]
    assert told == sorted(told)
    assert True in told
    assert False in told


def test_topics_with_as_many_questions_come_by_their_ids(desk: KeptDesk) -> None:
    asked = [desk.ask(f"{at}?") for at in range(4)]
    desk.read()
    desk.insights.put_clusters("kb", [cluster("z"), cluster("a")])
    desk.insights.group(ClusterKind.TOPIC, {each.answer_id: "za"[at % 2] for at, each in enumerate(asked)})
    period = Period(NOON, NOON + timedelta(days=1))
    assert [each.id for each in topics(desk.insights, "kb", period, limit=9)] == ["a", "z"]
    assert topics(desk.insights, "kb", period, limit=0) == ()
    assert topics(desk.insights, "kb", period.before, limit=9) == ()


def test_shares_count_questions_of_no_topic_too(desk: KeptDesk) -> None:
    asked = [desk.ask(f"{at}?") for at in range(4)]
    desk.read()
    desk.insights.put_clusters("kb", [cluster("a")])
    desk.insights.group(ClusterKind.TOPIC, {asked[0].answer_id: "a", asked[1].answer_id: ""})
    (found,) = topics(desk.insights, "kb", Period(NOON, NOON + timedelta(days=1)), limit=9)
    assert (found.share, found.growth, found.emerging) == (0.25, None, False)


@pytest.mark.parametrize(
    ("failed", "answered", "share"),
    [
        ([], [], 0.0),
        ([0.9], [0.9], 0.5),
        ([0.9, 0.9, 0.9], [0.89], 1.0),
        ([0.9, 0.1], [0.5, 0.5], 0.5),
        ([0.9, 0.8, 0.7, 0.6, 0.1], [0.6] * 4, 0.5),
        ([0.0], [-0.5, 0.0, 0.5], 1 / 3),
    ],
)
def test_what_fails_among_what_is_alike(failed: list[float], answered: list[float], share: float) -> None:
    assert failing(failed, answered) == pytest.approx(share)
    assert failing(failed[::-1], answered[::-1]) == pytest.approx(share)


def test_every_failure_costs_something() -> None:
    assert all(cost > 0 for cost in COSTS.values())
