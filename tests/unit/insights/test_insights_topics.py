from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from engine.assist.sentiment.reader import CueMoodReader
from engine.domain.insights import ClusterKind, Period, QuestionFilter
from engine.errors import InvalidInput
from engine.insights.heatmap import Interval, heat_map, interval_named, starts
from engine.insights.topics import is_emerging, topics
from engine.insights.topics_reading import QuestionReader
from tests.fakes.questions import NOON, HashPoints, KeptDesk, cluster, kept_desk


@pytest.fixture
def desk() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def reader(desk: KeptDesk) -> QuestionReader:
    return QuestionReader(desk.insights, CueMoodReader(), HashPoints())


def test_topics_of_a_period_stand_beside_the_one_before(desk: KeptDesk) -> None:
    early = desk.ask_many(4, "parcel")
    late = desk.ask_many(6, "parcel", "kettle")
    desk.read()
    desk.insights.put_clusters("kb", [cluster("parcel"), cluster("kettle"), cluster("silent")])
    desk.insights.group(ClusterKind.TOPIC, {each.answer_id: each.standalone.split()[1] for each in (*early, *late)})
    desk.insights.group(
        ClusterKind.TOPIC,
        {each.answer_id: "parcel" if "parcel" in each.standalone else "kettle" for each in (*early, *late)},
    )
    period = Period(late[0].created_at, late[-1].created_at + timedelta(seconds=1))
    first, second = topics(desk.insights, "kb", period, limit=9)
    found = {each.id: each for each in (first, second)}
    parcel, kettle = found["parcel"], found["kettle"]
    assert (parcel.rates.questions, parcel.before, parcel.growth) == (6, 4, 0.5)
    assert (kettle.before, kettle.growth, kettle.share) == (0, None, 0.5)
    assert len(parcel.samples) == 5
    assert len(topics(desk.insights, "kb", period, limit=1)) == 1


@pytest.mark.parametrize(
    ("questions", "before", "total", "total_before", "emerging"),
    [
        (20, 2, 100, 100, True),
        (20, 2, 1000, 100, False),
        (4, 0, 100, 100, False),
        (20, 0, 100, 0, False),
        (20, 18, 100, 100, False),
        (7, 0, 100, 100, True),
    ],
)
def test_a_topic_emerges_that_grows_beyond_chance_and_beyond_all(
    questions: int, before: int, total: int, total_before: int, emerging: bool
) -> None:
    assert is_emerging(questions, before, total=total, total_before=total_before) is emerging


def test_questions_are_read_with_their_mood(desk: KeptDesk) -> None:
    desk.ask("Where is my parcel? This is outrageous!")
    desk.ask("When do you open?")
    assert reader(desk).read("kb", 10) == 2
    found = {each.asked.text: each.level for each in desk.insights.questions("kb", QuestionFilter())}
    assert found == {text: CueMoodReader().read(text, "en").level for text in found}
    assert len(found) == 2
    assert reader(desk).read("kb", 10) == 0


def test_reading_stops_at_its_limit(desk: KeptDesk) -> None:
    desk.ask_many(5, "parcel")
    assert reader(desk).read("kb", 3) == 3
    assert desk.insights.count("kb") == (5, 2)


def test_small_talk_and_words_to_a_person_are_not_counted(desk: KeptDesk) -> None:
    desk.ask("Thank you!")
    desk.ask("!!!")
    desk.ask("I told your colleague already", to_person=True)
    desk.ask("Where is my parcel?")
    reader(desk).read("kb", 10)
    assert desk.insights.newest("kb", 9) == ("Where is my parcel?",)


def test_a_question_that_is_asked_again_failed_the_first_time(desk: KeptDesk) -> None:
    first = desk.ask("How long is the warranty of the kettle?", conversation="talk")
    desk.ask("Hello, how long is the warranty of the kettle?", conversation="talk")
    other = desk.ask("Where is my parcel?", conversation="other")
    desk.ask("Can I pay by invoice?", conversation="other")
    reader(desk).read("kb", 10)
    failed = set(desk.insights.members("kb", ClusterKind.GAP))
    assert failed == {first.answer_id}
    assert other.answer_id not in failed


def test_the_heat_map_adds_days_up(desk: KeptDesk) -> None:
    asked = desk.ask_many(48, "parcel")
    desk.read(levels=(2,))
    desk.insights.group(ClusterKind.TOPIC, {each.answer_id: "parcel" for each in asked})
    period = Period(NOON, NOON + timedelta(days=9))

    def told(interval: Interval) -> list[tuple[date, int]]:
        return [(each.start, each.questions) for each in heat_map(desk.insights, "kb", period, interval)]

    assert told(Interval.DAY) == [(date(2026, 7, 1), 11), (date(2026, 7, 2), 24), (date(2026, 7, 3), 13)]
    assert told(Interval.WEEK) == [(date(2026, 6, 29), 48)]
    assert told(Interval.MONTH) == [(date(2026, 7, 1), 48)]
    cells = heat_map(desk.insights, "kb", period, Interval.DAY)
    assert starts(cells) == (date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3))


def test_intervals_are_known_by_name() -> None:
    assert interval_named("week") is Interval.WEEK
    with pytest.raises(InvalidInput, match="fortnight"):
        interval_named("fortnight")
