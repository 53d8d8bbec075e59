"""Charts as values: everything is in shares of the plotting area, a template only draws them.

Drawn as inline SVG and HTML by templates of our own: plotting libraries bring megabytes, fixed colours that dark mode
and paper cannot change, and text that does not wrap on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["BarRow", "Bars", "Histogram", "LineChart", "Point", "Series", "nice_ceiling"]

Point = tuple[float, float]
WIDTH, HEIGHT = 320, 200  # of the plotting area, in the units of the SVG


@dataclass(frozen=True, slots=True)
class Series:
    """A line through points (0..1 each way), or dots whose area is in proportion to `weights`."""

    name: str
    points: tuple[Point, ...]
    dots: bool = False
    faint: bool = False
    weights: tuple[float, ...] = ()

    @property
    def path(self) -> str:
        """The points for an SVG polyline."""
        return " ".join(f"{x * WIDTH:.1f},{(1 - y) * HEIGHT:.1f}" for x, y in self.points)

    @property
    def circles(self) -> list[tuple[float, float, float]]:
        """Centres and radii for SVG circles."""
        most = max(self.weights, default=1.0)
        radii = [3 + 6 * math.sqrt(weight / most) for weight in self.weights] or [4.0] * len(self.points)
        return [(x * WIDTH, (1 - y) * HEIGHT, radius) for (x, y), radius in zip(self.points, radii, strict=True)]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over two axes of shares; `top` is the value at the upper end of the vertical axis.

    With a `unit`, that axis counts in it instead of hundredths; `x_names` are places and labels of the other one.
    """

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    top: float = 1.0
    note: str = ""
    unit: str = ""
    x_names: tuple[tuple[float, str], ...] = ()

    @property
    def y_ticks(self) -> list[tuple[float, str]]:
        """Heights and labels of the vertical axis."""
        values = [quarter / 4 * self.top for quarter in range(5)]
        labels = [f"{value:g}" if self.unit else f"{value:.0%}" for value in values]
        return [((1 - quarter / 4) * HEIGHT, label) for quarter, label in enumerate(labels)]

    @property
    def x_ticks(self) -> list[tuple[float, str]]:
        """Places and labels of the horizontal axis."""
        if self.x_names:
            return [(place * WIDTH, name) for place, name in self.x_names]
        return [(quarter / 4 * WIDTH, f"{quarter / 4:.0%}") for quarter in range(5)]


@dataclass(frozen=True, slots=True)
class BarRow:
    """A value (0..1) with its interval, on `n` cases; `before` is the same of the baseline.

    `shown` is written at its end instead of the value in hundredths.
    """

    label: str
    value: float
    low: float | None
    high: float | None
    n: int
    before: float | None = None
    verdict: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Values side by side, one row each."""

    title: str
    rows: tuple[BarRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often values fall into bins of equal width from 0 to `end`; the last bin holds what lies beyond, too."""

    title: str
    x_label: str
    counts: tuple[int, ...]
    end: float
    marks: tuple[tuple[str, float], ...] = ()
    note: str = ""

    @classmethod
    def of(
        cls, title: str, x_label: str, values: Sequence[float], *, end: float, marks: tuple[tuple[str, float], ...] = ()
    ) -> Histogram:
        """Count values in thirty bins."""
        bins = 30
        counts = [0] * bins
        for value in values:
            counts[min(int(value / end * bins), bins - 1)] += 1
        return cls(title, x_label, tuple(counts), end, marks)

    @property
    def bars(self) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height of each bar, in the units of the SVG."""
        most, width = max(self.counts, default=1) or 1, WIDTH / len(self.counts)
        heights = [count / most * HEIGHT for count in self.counts]
        return [(at * width, HEIGHT - height, width * 0.85, height) for at, height in enumerate(heights)]

    @property
    def x_ticks(self) -> list[tuple[float, str]]:
        """Places and labels of the horizontal axis."""
        return [(quarter / 4 * WIDTH, f"{quarter / 4 * self.end:g}") for quarter in range(5)]

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Places and labels of the marks."""
        return [(min(1.0, value / self.end) * WIDTH, f"{name} {value:.0f}") for name, value in self.marks]


def nice_ceiling(value: float) -> float:
    """Return the least of 1, 2, 4, 8, 10 times a power of ten that is not below `value`; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 8, 10) if step * power >= value - 1e-12)
