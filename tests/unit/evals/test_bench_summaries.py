from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.domain.knowledge import Span
from engine.domain.summary import Statement, Summary, SummaryPart, SummaryRequest, TurnQuote
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.summaries import bench_summaries, missing_facts, score, unplaced
from evals.datasets.summaries import GoldenSummary, load_summaries, read_summaries
from evals.metrics.normalize import normalize
from tests.fakes.conversations import PARCEL, summarizer

GOLDEN = GoldenSummary("1", "en", PARCEL, ("MV-2026-118420", "by Friday"), "The parcel MV-2026-118420 has not arrived.")


def made(golden: GoldenSummary = GOLDEN) -> Summary:
    return summarizer().summary(SummaryRequest(golden.turns))


def test_facts_that_do_not_stand_in_the_text_are_missing() -> None:
    assert missing_facts(GOLDEN, made()) == ()
    assert missing_facts(replace(GOLDEN, facts=("mv-2026 118420", "by Monday")), made()) == ("by Monday",)


def test_statements_without_their_turn_are_found() -> None:
    def stated(*quotes: TurnQuote) -> Statement:
        return Statement(SummaryPart.ISSUE, "Hello!", quotes)

    assert not unplaced(stated(TurnQuote(0, Span(0, 6), "Hello!")), GOLDEN)
    assert unplaced(stated(), GOLDEN)
    assert unplaced(stated(TurnQuote(1, Span(0, 6), "Hello!")), GOLDEN)
    assert unplaced(stated(TurnQuote(9, Span(0, 6), "Hello!")), GOLDEN)


def test_a_score_compares_with_the_first_two_sentences() -> None:
    found = score(GOLDEN, made())
    assert (found.missing, found.unplaced) == ((), 0)
    assert found.lead[0] == pytest.approx(8 / 14)  # 4 shared of 6 and 8 tokens
    assert 0 < found.rouge[2] <= found.rouge[0] <= 1


def test_scores_are_taken_over_all_and_by_language() -> None:
    other = replace(GOLDEN, id="2", language="de", facts=("never said", "by Friday"))
    found = bench_summaries([GOLDEN, other], made)
    assert (found["conversations"], found["all_facts"], found["facts"]) == (2, 0.5, 0.75)
    assert found["missing"] == {"2": ["never said"]}
    assert set(found["languages"]) == {"en", "de"}  # type: ignore[call-overload]


def test_the_sample_is_whole_and_its_facts_stand_in_the_conversations() -> None:
    halves = load_summaries("development"), load_summaries("reported")
    ids = [each.id for half in halves for each in half]
    assert len(ids) == len(set(ids)) >= 60
    assert {each.language for each in halves[1]} == {"zh-Hans", "zh-Hant", "en", "ja"}
    for each in (*halves[0], *halves[1]):
        said = normalize("\n".join(turn.text for turn in each.turns))
        assert each.reference
        assert [fact for fact in each.facts if normalize(fact) not in said] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"turns": []}, "turns"),
        ({"turns": [{"role": "visitor", "text": "a"}]}, "role"),
        ({"facts": []}, "facts"),
        ({"reference": 1}, "reference"),
    ],
)
def test_wrong_rows_are_named(tmp_path: Path, row: dict[str, object], said: str) -> None:
    right = {
        "id": "1",
        "language": "en",
        "turns": [{"role": "customer", "text": "a"}],
        "facts": ["a"],
        "reference": "a",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps({**right, "reference": "a", **row}), encoding="utf-8")
    with pytest.raises(InvalidInput, match=rf"a\.jsonl, line 1.*{said}"):
        read_summaries(tmp_path)


def test_the_command_prints_one_document(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "language": "en",
        "turns": [{"role": "customer", "text": "My kettle leaks."}],
        "facts": ["kettle leaks"],
        "reference": "The kettle leaks.",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = CliRunner().invoke(app, ["summaries", "--data", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["all_facts"] == 1.0
