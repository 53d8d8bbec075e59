from __future__ import annotations

import csv
import io
import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest

from engine.domain.check import CheckRule
from engine.domain.insights import Gap, GapCause, GapMatch, Period, Rates, Topic
from engine.domain.quality import PromiseState, QualityFigures, QualityGroup, QualityReport
from engine.errors import InvalidInput
from engine.insights.quality.digest import LANGUAGES, Digest, csv_digest, html_digest, week_of

MONDAY = datetime(2026, 6, 29, tzinfo=UTC)
WEEK = Period(MONDAY, MONDAY + timedelta(days=7))
FIGURES = QualityFigures(
    replies=8,
    conversations=5,
    warned=2,
    blocked=1,
    findings={rule.value: 1 for rule in CheckRule},
    promises=dict.fromkeys(PromiseState, 1),
    csat=4.25,
    solved=0.5,
    told=4,
)
NOW = QualityReport(WEEK, FIGURES, FIGURES, FIGURES, agents=(QualityGroup("<b>", "<b>", FIGURES),))
BEFORE = QualityReport(WEEK.before, QualityFigures(replies=3), QualityFigures(), QualityFigures())
TOPIC = Topic("t", "parcel", (), Rates(9, 9, 0, 0, None, None), 1, 4, None, True, {}, (), MONDAY)
GAP = Gap("g", "gift", (), 3, 3, {}, 15.0, GapMatch(GapCause.MISSING, 1.0), {}, (), MONDAY, MONDAY)
DIGEST = Digest(NOW, BEFORE, (), (TOPIC,), (GAP,))


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (None, date(2026, 6, 22)),
        (date(2026, 6, 29), date(2026, 6, 29)),
        (date(2026, 7, 5), date(2026, 6, 29)),
        (date(2026, 7, 6), date(2026, 7, 6)),
    ],
)
def test_a_week_begins_on_monday_and_the_last_one_is_over(day: date | None, since: date) -> None:
    found = week_of(day, date(2026, 7, 3))
    assert (found.since.date(), found.until - found.since) == (since, timedelta(days=7))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_weeks_at_the_ends_of_time_are_refused(day: date) -> None:
    with pytest.raises(InvalidInput, match="no such week"):
        week_of(day, date(2026, 7, 3))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_it_all_in_its_language(language: str) -> None:
    page = html_digest(DIGEST, language)
    words = tomllib.loads(
        files("engine.insights.quality").joinpath(f"words/{language}.toml").read_text(encoding="utf-8")
    )
    for word in ("title", "before", "findings", "promises", "agents", "asked", "gaps", "emerging"):
        assert words[word] in page
    assert all(each in page for each in (*words["rules"].values(), *words["states"].values()))
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert ("33%" in page, "4.2" in page, f'lang="{language}"' in page) == (True, True, True)
    assert "2026-06-29" in page
    assert "2026-07-05" in page


def test_languages_have_the_same_words() -> None:
    tables = [
        tomllib.loads(files("engine.insights.quality").joinpath(f"words/{each}.toml").read_text(encoding="utf-8"))
        for each in LANGUAGES
    ]
    assert len({tuple(sorted(table)) for table in tables}) == 1
    assert all(set(table["rules"]) == set(CheckRule) for table in tables)
    assert all(set(table["states"]) == set(PromiseState) for table in tables)


def test_the_table_has_a_row_for_each_figure() -> None:
    rows = list(csv.reader(io.StringIO(csv_digest(DIGEST, "en"))))
    assert rows[0] == ["part", "id", "Name", "figure", "value", "the week before"]
    assert ["total", "", "All replies", "replies", "8", "3"] in rows
    assert ["total", "", "All replies", "csat", "4.25", ""] in rows
    assert ["agents", "<b>", "<b>", "promise kept", "1", "0"] in rows
    assert ["asked", "t", "parcel", "questions", "9", "4"] in rows
    assert ["gaps", "g", "gift", "cost", "15.0", ""] in rows


def test_other_languages_are_refused() -> None:
    for write in (html_digest, csv_digest):
        with pytest.raises(InvalidInput, match="'fr'"):
            write(DIGEST, "fr")
