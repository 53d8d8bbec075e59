"""Geometry of charts: everything lies within the plotting area, and values are where they should be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.reporting.charts import HEIGHT, WIDTH, BarRow, Bars, Histogram, LineChart, Series, nice_ceiling
from evals.reporting.page import html_chart

few = settings(derandomize=True, deadline=None, max_examples=40)
shares = st.floats(0, 1)


def test_lines_run_from_the_lower_left_to_the_upper_right() -> None:
    assert Series("s", ((0.0, 0.0), (1.0, 1.0))).path == f"0.0,{HEIGHT:.1f} {WIDTH:.1f},0.0"


@few
@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=20))
def test_points_lie_in_the_area(points: list[tuple[float, float]]) -> None:
    for pair in Series("s", tuple(points)).path.split():
        x, y = map(float, pair.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_the_area_of_a_dot_tells_its_weight() -> None:
    (_, _, small), (_, _, large) = Series("s", ((0.0, 0.0), (1.0, 1.0)), dots=True, weights=(1.0, 100.0)).circles
    assert small < large <= 9


def test_dots_without_weights_are_alike() -> None:
    assert {radius for _, _, radius in Series("s", ((0.1, 0.2), (0.3, 0.4)), dots=True).circles} == {4.0}


def test_axes_are_labelled_in_per_cent_up_to_the_top() -> None:
    chart = LineChart("t", "x", "y", (), top=0.4)
    assert [label for _, label in chart.y_ticks] == ["0%", "10%", "20%", "30%", "40%"]
    assert [label for _, label in chart.x_ticks] == ["0%", "25%", "50%", "75%", "100%"]
    assert chart.y_ticks[0][0] == HEIGHT
    assert chart.y_ticks[-1][0] == 0


def test_axes_count_in_a_unit_and_name_places_of_their_own() -> None:
    chart = LineChart("t", "x", "ms", (), top=8.0, unit="ms", x_names=((0.0, "1,000"), (0.5, "10,000")))
    assert [label for _, label in chart.y_ticks] == ["0", "2", "4", "6", "8"]
    assert chart.x_ticks == [(0.0, "1,000"), (0.5 * WIDTH, "10,000")]


@few
@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=80), st.floats(1, 1e3))
def test_a_histogram_counts_everything_once(values: list[float], end: float) -> None:
    chart = Histogram.of("t", "ms", values, end=end)
    assert sum(chart.counts) == len(values)
    assert all(0 <= top <= HEIGHT and top + height == pytest.approx(HEIGHT) for _, top, _, height in chart.bars)
    assert max(height for *_, height in chart.bars) == pytest.approx(HEIGHT)


def test_what_lies_beyond_the_end_is_in_the_last_bin() -> None:
    chart = Histogram.of("t", "ms", [1.0, 99.0, 5000.0], end=100.0)
    assert (chart.counts[0], chart.counts[-1]) == (1, 2)


def test_marks_stay_in_the_area() -> None:
    chart = Histogram.of("t", "ms", [1.0], end=10.0, marks=(("p50", 5.0), ("p99", 400.0)))
    assert chart.lines == [(WIDTH / 2, "p50 5"), (WIDTH, "p99 400")]


@pytest.mark.parametrize(
    ("value", "ceiling"), [(0, 1), (0.34, 0.4), (0.4, 0.4), (1, 1), (7, 8), (9, 10), (37, 40), (0.05, 0.08), (410, 800)]
)
def test_axes_end_at_round_numbers(value: float, ceiling: float) -> None:
    assert nice_ceiling(value) == pytest.approx(ceiling)


@few
@given(st.floats(1e-6, 1e6))
def test_a_ceiling_is_above_and_not_far(value: float) -> None:
    assert value <= nice_ceiling(value) * (1 + 1e-9) <= 2.6 * value


def test_bars_show_value_interval_and_baseline() -> None:
    row = BarRow("<b>ja</b>", 0.5, 0.4, 0.7, 12, before=0.8, verdict="worse")
    text = html_chart(Bars("By language", (row,)))
    assert "&lt;b&gt;ja&lt;/b&gt;" in text
    for part in ("width: 50.0%", "left: 40.0%; width: 30.0%", "left: 79.6%", "▼ worse", ">12</span>"):
        assert part in text, part


def test_bars_without_an_interval_or_baseline() -> None:
    text = html_chart(Bars("By language", (BarRow("ja", 1.0, None, None, 3),)))
    assert 'class="range"' not in text
    assert 'class="was"' not in text
    assert "width: 100.0%" in text


def test_two_lines_are_told_apart() -> None:
    lines = (Series("this run", ((0.0, 0.0), (1.0, 0.5))), Series("baseline", ((0.0, 0.0), (1.0, 1.0)), faint=True))
    text = html_chart(LineChart("Risk", "answered", "wrong", lines, note="A note."))
    assert text.count("<polyline") == 2
    assert "Solid: this run. Dashed: baseline." in text
    assert "A note." in text


def test_a_chart_says_what_it_is_to_those_who_cannot_see_it() -> None:
    text = html_chart(LineChart("Risk", "answered", "wrong", (Series("a", ((0.0, 0.0),)),)))
    assert 'aria-label="wrong against answered"' in text
    assert 'role="img"' in text
