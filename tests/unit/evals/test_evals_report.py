"""Reports as JSON and as tables."""

from __future__ import annotations

import io
from collections.abc import Mapping

from rich.console import Console, RenderableType

from evals.answers import AnswersReport
from evals.datasets.golden import GoldenKind
from evals.golden import GoldenReport
from evals.metrics import RiskPoint
from evals.report import Stopwatch, Summary, mean, quiet
from evals.retrieval import RetrievalReport
from evals.tables import show_answers, show_golden, show_retrieval


def summary(metrics: Mapping[str, float]) -> Summary:
    return Summary("shop", "test", 7, metrics, {"model": "m", "normalized": True, "revision": None}, 1.23456)


def printed(shown: RenderableType, *, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(shown)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_numbers_are_rounded_in_json_and_counts_stay_whole() -> None:
    document = summary({"map": 1 / 3, "two_sentence_violations": 2}).as_json()
    assert document["metrics"] == {"map": 0.333333, "two_sentence_violations": 2}
    assert document["seconds"] == 1.235
    assert document["settings"] == {"model": "m", "normalized": True, "revision": None}


def test_the_mean_of_nothing_is_zero() -> None:
    assert mean([]) == 0.0
    assert mean([True, False, True, True]) == 0.75


def test_quiet_tracking_changes_nothing() -> None:
    assert list(quiet(iter("abc"), total=3, description="Letters")) == ["a", "b", "c"]


def test_a_stopwatch_goes_forward() -> None:
    watch = Stopwatch()
    first = watch.seconds
    assert 0 <= first <= watch.seconds


def test_retrieval_is_shown_with_its_times() -> None:
    report = RetrievalReport(summary({"mrr@10": 0.98765}), {"search_p50_ms": 1.5}, (), ())
    text = printed(show_retrieval(report))
    assert "shop · test · 7 queries" in text
    assert "0.988" in text
    assert "search_p50_ms" in text
    assert "1.500" in text


def test_answers_are_shown_with_the_risk_at_each_coverage() -> None:
    points = (RiskPoint(0.1, 0.9, 0.125, 0.0), RiskPoint(1.0, 0.25, 1.0, 0.5))
    report = AnswersReport(summary({"two_sentence_violations": 3}), points, (), (), ())
    rows = [line.split("│")[1:-1] for line in printed(show_answers(report)).splitlines() if "%" in line]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["10%", "0.900", "12.5%", "0.0%"],
        ["100%", "0.250", "100.0%", "50.0%"],
    ]
    assert "3.000" not in printed(show_answers(report))


def test_golden_kinds_fit_a_narrow_terminal() -> None:
    row = {"questions": 40, "document_hit": 0.5, "containment": 0.25, "answered": 1.0, "citation_exactness": 1.0}
    kinds = {GoldenKind.CROSS_LANGUAGE: row, GoldenKind.OUT_OF_SCOPE: {"questions": 9, "abstained_out_of_scope": 0.75}}
    text = printed(show_golden(GoldenReport(summary({}), kinds, (), ())))
    assert "cross_language" in text
    assert "out_of_scope" in text
    assert "0.750" in text
