"""Golden replies and the scores of their promises."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.domain.check import PromiseMatter, PromiseStanding, PromiseVerdict
from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from evals.bench.promises import PromiseScores, bench_promises, matched
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.promises import PromisesRow, load_replies

FINE, WRONG = PromiseStanding.FINE, PromiseStanding.CONTRADICTED


def row(text: str, *promises: tuple[str, str]) -> PromisesRow:
    listed = [{"quote": quote, "standing": standing} for quote, standing in promises]
    return PromisesRow.model_validate({"id": "r", "text": text, "language": "en", "promises": listed})


def verdict(start: int, end: int, standing: PromiseStanding) -> PromiseVerdict:
    return PromiseVerdict(Span(start, end), PromiseMatter.REFUND, (), (), standing)


def test_promises_are_paired_by_their_places_once_each() -> None:
    reply = row("0123456789abcdef", ("012345", "fine"), ("9abc", "contradicted"))
    found = [verdict(0, 3, WRONG), verdict(3, 6, FINE), verdict(8, 16, WRONG), verdict(6, 8, FINE)]
    pairs = matched(reply.golden, found)
    assert [(want.span.start, got.span.start) for want, got in pairs] == [(0, 0), (9, 8)]


def test_scores() -> None:
    replies = [row("We pay.", ("We pay.", "contradicted")), row("We pay.", ("We pay.", "contradicted")), row("Hi.")]
    outcomes = iter([[verdict(0, 7, WRONG)], [], [verdict(0, 3, WRONG)]])
    scores = bench_promises(replies, lambda _: next(outcomes))
    assert scores.pairs == Counter(
        {("contradicted", "contradicted"): 1, ("contradicted", "none"): 1, ("none", "contradicted"): 1}
    )
    assert (scores.extraction_f1, scores.contradicted_found, scores.false_alarms) == (0.5, 0.5, 1.0)
    assert scores.as_json()["pairs"] == {
        "contradicted -> contradicted": 1,
        "contradicted -> none": 1,
        "none -> contradicted": 1,
    }


def test_scores_of_nothing() -> None:
    assert PromiseScores().extraction_f1 == PromiseScores().false_alarms == 0.0


@pytest.mark.parametrize("half", ["development", "reported"])
def test_the_golden_replies_can_be_read(half: str) -> None:
    replies = load_replies(SAMPLE_FOLDER / "golden" / "promises" / half)
    assert {reply.language for reply in replies} == {"en", "ja", "zh-Hans", "zh-Hant"}
    assert len({reply.id for reply in replies}) == len(replies) >= 100
    assert {promise.standing for reply in replies for promise in reply.golden} == set(PromiseStanding)
    assert sum(not reply.promises for reply in replies) >= 10


def test_the_halves_share_no_reply() -> None:
    halves = [load_replies(SAMPLE_FOLDER / "golden" / "promises" / half) for half in ("development", "reported")]
    texts = [{reply.text for reply in half} for half in halves]
    assert texts[0] & texts[1] == set()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"id": "a", "text": "x", "language": "en", "promises": [{"quote": "y", "standing": "fine"}]}, "exactly once"),
        ({"id": "a", "text": "x", "language": "en", "promises": [{"quote": "x", "standing": "no"}]}, "standing"),
        ({"id": "a", "language": "en"}, "text"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, line: dict[str, object], told: str) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(InvalidInput, match=rf"r\.jsonl, line 1.*{told}"):
        load_replies(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no replies"):
        load_replies(tmp_path)
