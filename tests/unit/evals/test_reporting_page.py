"""The HTML page: what it says, that hostile text stays text, and that it needs nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest

from evals.comparison import compare
from evals.measures import MEASURES
from evals.reporting.junit import results_as_junit
from evals.reporting.page import changed_by, html_chart, html_report, shown, slice_name
from evals.reporting.plots import latency_plot, reliability_plot, risk_coverage_plot, slice_plot
from evals.reporting.telling import telling_cases
from evals.runs.case import Case, Task
from evals.runs.results import Results
from tests.unit.evals.run_builders import case, manifest, results

HOSTILE = "</dd></details><script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(1)>\"'&"
VOID = {"meta", "link", "br", "line", "circle", "rect", "polyline"}


def many(*, right: int = 12, hostile: str = "") -> list[Case]:
    """Return answers of two languages, some of them right, withheld, or where there is no answer; and searches."""
    found = []
    for n in range(24):
        slices = {"language": "en" if n % 2 else "zh-Hans", "pair": f"en → {'zh' if n % 3 else 'en'}", "kind": "plain"}
        metrics = {
            "containment": float(n < right),
            "containment@0": 1.0,
            "answered": float(n < 20),
            "faithfulness": 1.0,
        }
        found.append(
            case(
                f"a{n}",
                metrics,
                slices=slices,
                confidence=1 - n / 24,
                milliseconds=float(n + 1),
                answer=hostile or "保修两年。" if n < 20 else None,
                question=hostile or f"Question {n}?",
                quotes=(hostile or "quote",),
                expected=(hostile or "gold",),
                found=(hostile or "document.md",),
            )
        )
        ranked = {"recall@10": n % 3 / 2, "mrr@10": 0.5}
        found.append(case(f"s{n}", ranked, task=Task.SEARCH, slices=slices, confidence=None, facts={}))
    found += [
        case(f"o{n}", {"abstained": float(n % 2)}, confidence=n / 20, question=hostile or "Rain?") for n in range(6)
    ]
    return [*found, case("broken", {"containment": 0.0, "failed": 1.0}, error=hostile or "BackendFailed: down")]


class Page(HTMLParser):
    """Collects tags, attributes and text, and checks that tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html_report(results("release", many()), results("before", many(right=20))))


def test_the_page_is_well_formed(page: Page) -> None:
    assert page.open == []
    assert page.tags.count("svg") == 4
    assert {"h1", "table", "details", "figure"} <= set(page.tags)


def test_it_says_what_a_manager_asks(page: Page) -> None:
    for words in (
        *(
            "Evaluation: release",
            "Answer right",
            "compared with before",
            "What changed since before",
        ),
        *("Answered what has no answer: 3", "The right answer was withheld", "Right document not found", "failed in 1"),
        *("Risk and coverage", "Reliability", "Time of an answer", "by language of question and pages", "en → zh"),
        *("How it was measured", "BackendFailed: down", "保修两年。", "▼ worse"),
    ):
        assert words in page.text, words


def test_it_needs_nothing_from_elsewhere() -> None:
    text = html_report(results("release", many(hostile=HOSTILE)), results("before", many()))
    page = Page(text)
    assert page.open == []
    assert not {"script", "img", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name in {"src", "onerror", "onload", "srcset", "action"}]
    assert {value for name, value in page.attributes if name == "href"} == {"data:,"}
    assert not re.search(r"url\(|@import", text)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") in page.attributes
    assert "<script>alert(1)</script>" in page.text


def test_it_is_made_for_dark_paper_and_phones() -> None:
    text = html_report(results("release", many()))
    for rule in ("prefers-color-scheme: dark", "@media print", "max-width: 40rem", "width=device-width"):
        assert rule in text


def test_without_a_baseline_nothing_is_compared() -> None:
    text = Page(html_report(results("release", many()))).text
    assert "What changed" not in text
    assert "not proven" not in text


def test_a_run_of_nothing_but_searches_has_a_page() -> None:
    cases = [case(f"s{n}", {"mrr@10": 1.0}, task=Task.SEARCH, confidence=None, facts={}) for n in range(3)]
    assert "First hit" in Page(html_report(results("r", cases))).text


def test_an_incomplete_run_says_so() -> None:
    assert "not complete: 2 of 9" in html_report(Results("r", manifest(9), (case("a"), case("b")), ()))


def test_how_many_cases_are_shown_can_be_chosen() -> None:
    few, most = (Page(html_report(results("r", many()), cases=n)).tags.count("details") for n in (1, 50))
    assert few < most
    assert Page(html_report(results("r", many()), cases=0)).tags.count("details") == 0


def test_telling_cases_come_in_a_telling_order() -> None:
    groups = {group.title: group for group in telling_cases(many(), most=2)}
    wrong = groups["Answered without the gold answer"]
    assert (wrong.count, [each.id for each in wrong.cases]) == (8, ["a12", "a13"])
    withheld = groups["The right answer was withheld"]
    assert [each.id for each in withheld.cases] == ["a23", "a22"]
    assert [each.id for each in groups["Answered what has no answer"].cases] == ["o4", "o2"]


def test_charts_follow_the_figures() -> None:
    found = results("r", many())
    risk, dots, times = risk_coverage_plot(found), reliability_plot(found), latency_plot(found, Task.ANSWER)
    assert risk is not None
    assert risk.series[0].points[-1][0] == 1.0
    assert dots is not None
    assert sum(dots.series[1].weights) == 31
    assert times is not None
    assert sum(times.counts) == 30
    assert [name for name, _ in times.marks] == ["p50", "p95"]
    bars = slice_plot(found, "containment", "language", compare(results("b", many(right=20)), found))
    assert bars is not None
    assert {row.label for row in bars.rows} == {"en", "zh-Hans"}
    assert all(row.before is not None and row.low is not None and row.low <= row.value for row in bars.rows)


def test_the_accepted_error_is_a_line_across_the_risk() -> None:
    chart = risk_coverage_plot(results("r", many(), accepted_error=0.25, answer_threshold=None))
    assert chart is not None
    assert chart.series[-1].name == "accepted error 25%"
    assert {y * chart.top for _, y in chart.series[-1].points} == {0.25}


def test_there_is_no_line_where_no_error_was_accepted() -> None:
    threshold = results("r", many(), accepted_error=0.25, answer_threshold=0.5)
    for found in (results("r", many()), threshold):
        chart = risk_coverage_plot(found)
        assert chart is not None
        assert [each.name for each in chart.series] == ["this run"]


def test_there_is_no_chart_of_too_little() -> None:
    found = results("r", [case("a")])
    assert risk_coverage_plot(found) is None
    assert reliability_plot(found) is None
    assert latency_plot(found, Task.SEARCH) is None
    assert slice_plot(found, "containment", "language") is None


def test_a_chart_can_stand_alone() -> None:
    chart = risk_coverage_plot(results("r", many()))
    assert chart is not None
    page = Page(html_chart(chart))
    assert page.open == []
    assert page.tags.count("svg") == 1


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [(0.5, "containment", "50.0%"), (0.5, "mrr@10", "0.500"), (12.4, "answer_p50_ms", "12 ms"), (None, "ece", "")],
)
def test_values_are_shown_by_their_unit(value: float | None, measure: str, text: str) -> None:
    assert shown(value, MEASURES[measure]) == text


def test_changes_and_slices_are_in_words() -> None:
    found = compare(results("a", many(right=20)), results("b", many()))
    change = next(each for each in found.differences if (each.slice, each.measure) == ("all", "containment"))
    assert changed_by(change) == "-32.0 points"
    same = next(each for each in found.differences if each.measure == "faithfulness")
    assert changed_by(same) == "unchanged"
    assert slice_name("kind=out_of_scope") == "kind: out of scope"
    assert slice_name("all") == "all cases"


def test_cases_as_junit() -> None:
    text = results_as_junit(results("r", many(hostile=f"{HOSTILE}\x00\x1b")))
    (suite,) = fromstring(text)  # noqa: S314
    assert suite.get("name") == "shop"
    assert suite.get("errors") == "1"
    kinds = {element.get("name"): [child.tag for child in element] for element in suite}
    assert kinds["a0"] == []
    assert kinds["a15"] == ["failure"]
    assert kinds["broken"] == ["error"]
    assert kinds["o1"] == []
