"""What may be asked of insights, and how they are told: periods, order, pages, and nothing personal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from api.schemas.insight_queries import (
    MONTH,
    ForecastQuery,
    HeatMapQuery,
    InsightQuery,
    InsightQuestionsQuery,
    InsightRunIn,
)
from api.schemas.insights import ForecastOut, GapsOut, HeatMapOut, TopicsOut, asked_page
from engine.domain.insights import (
    AskedQuestion,
    Expected,
    Failure,
    Gap,
    GapCause,
    GapMatch,
    HeatCell,
    Period,
    QuestionFilter,
    Rates,
    Topic,
)
from engine.errors import InvalidInput
from engine.insights.heatmap import Interval
from engine.ports.insights import KeptQuestion

AT = datetime(2026, 7, 1, 12, tzinfo=UTC)
PERIOD = Period(AT - MONTH, AT)
FIRST = datetime.min.replace(tzinfo=UTC)
KB = {"knowledge_base": "shop"}
TOPIC = Topic(
    id="t",
    name="parcel",
    terms=("parcel",),
    rates=Rates(4, 3, 0.25, 0.5, None, 2.5),
    share=0.4,
    before=0,
    growth=None,
    emerging=False,
    languages={"en": 4},
    samples=("Where?",),
    first_seen=AT,
)
GAP = Gap("g", "gift", (), 3, 3, {Failure.ABSTAINED: 3}, 3.0, GapMatch(GapCause.MISSING, 0.9), {}, (), AT, AT)


def kept(text: str = "Where?", name: str = "a", **fields: Any) -> KeptQuestion:
    plain = {"level": 3, "topic_id": "", "gap_id": "", "csat": None, "failures": ()}
    return KeptQuestion(AskedQuestion(name, "c", text, "en", AT), **{**plain, **fields})


@pytest.mark.parametrize(
    ("given", "since", "until"),
    [
        ({"since": "2026-06-01T00:00:00Z", "until": "2026-06-02T00:00:00Z"}, (2026, 6, 1), (2026, 6, 2)),
        ({"until": "2026-07-31T00:00:00Z"}, (2026, 7, 1), (2026, 7, 31)),
        ({"until": "0001-01-02T00:00:00Z"}, (1, 1, 1), (1, 1, 2)),
        ({"since": "0001-01-01T00:00:00Z", "until": "9999-12-31T00:00:00Z"}, (1, 1, 1), (9999, 12, 31)),
    ],
)
def test_a_period_is_a_month_unless_it_is_told(
    given: dict[str, str], since: tuple[int, ...], until: tuple[int, ...]
) -> None:
    found = InsightQuery.model_validate({**KB, **given}).period()
    assert (found.since.timetuple()[:3], found.until.timetuple()[:3]) == (since, until)
    assert found.before.until == found.since
    assert found.before.since <= found.since


def test_without_ends_it_is_the_last_month() -> None:
    before, found, after = datetime.now(UTC), InsightQuery.model_validate(KB).period(), datetime.now(UTC)
    assert before <= found.until <= after
    assert found.until - found.since == MONTH


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (FIRST, AT),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), AT),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
        (datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)),
    ],
)
def test_before_the_first_day_there_is_no_time(since: datetime, until: datetime) -> None:
    assert Period(since, until).before.since == FIRST


@pytest.mark.parametrize("model", [InsightQuery, HeatMapQuery, InsightQuestionsQuery])
@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z"), ("2026-07-01T01:00:00+09:00", "2026-06-30T00:00:00Z")],
)
def test_a_period_that_ends_before_it_begins_is_refused(model: type[InsightQuery], since: str, until: str) -> None:
    query = model.model_validate({**KB, "since": since, "until": until})
    with pytest.raises(InvalidInput, match="ends before it begins") as error:
        query.period()
    assert error.value.remedy == "Send since before until."


@pytest.mark.parametrize("moment", ["5", 5, "2026-07-01T00:00:00", "soon", "", "0000-01-01T00:00:00Z"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_moments_are_written_out_with_their_zone(field: str, moment: object) -> None:
    with pytest.raises(ValidationError) as error:
        InsightQuery.model_validate({**KB, field: moment})
    assert {each["loc"] for each in error.value.errors()} == {(field,)}


@pytest.mark.parametrize(
    ("model", "field", "within", "beyond"),
    [
        (InsightQuery, "limit", 200, 201),
        (InsightQuery, "limit", 1, 0),
        (InsightQuestionsQuery, "level", 5, 6),
        (InsightQuestionsQuery, "cursor", "c" * 200, ""),
        (HeatMapQuery, "interval", "month", "year"),
        (ForecastQuery, "days", 60, 61),
        (ForecastQuery, "days", 1, 0),
        (InsightRunIn, "limit", 1_000_000, 1_000_001),
    ],
)
def test_bounds(model: type[InsightQuery], field: str, within: object, beyond: object) -> None:
    assert getattr(model.model_validate({**KB, field: within}), field) == within
    with pytest.raises(ValidationError):
        model.model_validate({**KB, field: beyond})


def test_a_filter_has_what_was_asked_for() -> None:
    given = {"topic_id": "t", "level": 2, "since": "2026-06-01T00:00:00Z", "until": "2026-07-01T00:00:00Z"}
    found = InsightQuestionsQuery.model_validate({**KB, **given}).to_domain()
    period = Period(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    assert found == QuestionFilter("t", "", 2, period)


def test_topics_are_told_with_their_rates() -> None:
    (found,) = TopicsOut.told(PERIOD, [TOPIC]).items
    assert (found.questions, found.conversations, found.abstained, found.csat) == (4, 3, 0.25, None)
    assert (found.share, found.growth, found.terms) == (0.4, None, ("parcel",))


@pytest.mark.parametrize("document", ["", "d"])
def test_a_gap_names_the_document_if_there_is_one(document: str) -> None:
    match = GapMatch(GapCause.OUTDATED, 0.5, document, "Old", "old.md", 0.7)
    gap = replace(GAP, match=match)
    (found,) = GapsOut.told(PERIOD, [gap]).items
    assert (found.document.uri if found.document else None) == ("old.md" if document else None)
    assert (found.cause, found.failing, found.confidence) == (GapCause.OUTDATED, 0.5, 0.7)
    assert found.failures == {Failure.ABSTAINED: 3}


def test_a_heat_map_has_the_busiest_topics_first_and_no_topic_last() -> None:
    day = date(2026, 7, 1)
    cells = [HeatCell("", day, 3, 99), HeatCell("b", day, 1, 2), HeatCell("a", day, 1, 2), HeatCell("c", day, 2, 5)]
    found = HeatMapOut.told(Interval.DAY, PERIOD, cells, {"a": "Parcel", "c": "Kettle"})
    assert [(each.topic_id, each.name) for each in found.topics] == [
        ("c", "Kettle"),
        ("a", "Parcel"),
        ("b", ""),
        (None, ""),
    ]
    assert found.starts == (day,)
    assert HeatMapOut.told(Interval.DAY, PERIOD, [], {}).topics == ()


@pytest.mark.parametrize(
    ("there", "limit", "shown", "cursor"), [(0, 2, 0, None), (2, 2, 2, None), (3, 2, 2, "q1"), (1, 5, 1, None)]
)
def test_a_page_tells_of_the_next_one(there: int, limit: int, shown: int, cursor: str | None) -> None:
    page = asked_page([kept(name=f"q{at}") for at in range(there)], limit)
    assert (len(page.items), page.next_cursor) == (shown, cursor)


def test_questions_are_told_without_personal_data() -> None:
    (found,) = asked_page([kept("Write to tom@example.com, order MV-2026-118420")], 1).items
    assert found.text == "Write to [email 1], order MV-2026-118420"
    assert (found.topic_id, found.gap_id) == (None, None)


def test_questions_are_told_with_how_they_failed() -> None:
    (found,) = asked_page([kept(topic_id="t", gap_id="g", csat=1.5, failures=(Failure.REJECTED,))], 1).items
    assert (found.topic_id, found.gap_id, found.csat, found.failures) == ("t", "g", 1.5, (Failure.REJECTED,))


def test_a_forecast_is_told_day_by_day() -> None:
    days = [Expected(date(2026, 7, at), 5.0, 1.0, 9.0) for at in (1, 2)]
    assert [each.day for each in ForecastOut.told(days).items] == [each.day for each in days]
    assert ForecastOut.told([]).items == ()
