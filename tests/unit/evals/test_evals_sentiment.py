from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.assist.sentiment.model import polarity, shipped_weights
from engine.assist.sentiment.reader import CueMoodReader
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.sentiment import bench_sentiment, scored
from evals.datasets.sentiment import GoldenMood, load_moods, read_moods
from evals.fit_sentiment import fitted

GOOD = Mood(Polarity.POSITIVE, Emotion.JOY, 5, 0.9)
PLAIN = Mood(Polarity.NEUTRAL, Emotion.NEUTRAL, 3, 0.9)


def gold(level: int, mood: Mood) -> GoldenMood:
    return GoldenMood(str(level), "x", "en", mood.polarity, mood.emotion, level)


def test_the_halves_have_no_message_in_common_and_both_all_languages() -> None:
    halves = load_moods("development"), load_moods("reported")
    texts = [{mood.text for mood in half} for half in halves]
    assert texts[0].isdisjoint(texts[1])
    assert len({mood.id for half in halves for mood in half}) == sum(map(len, halves))
    assert Counter(mood.language for mood in halves[1]) == dict.fromkeys(("en", "ja", "zh-Hans", "zh-Hant"), 75)
    assert all(len(half) >= 300 for half in halves)


def test_labels_agree_with_each_other() -> None:
    for mood in (*load_moods("development"), *load_moods("reported")):
        assert polarity(mood.level) is mood.polarity, mood.id
        assert (mood.emotion is Emotion.JOY) == (mood.level > 3), mood.id


def test_scores_of_what_is_right_and_of_what_is_off() -> None:
    labels = [gold(5, GOOD), gold(3, PLAIN), gold(4, GOOD)]
    found = scored(labels, [GOOD, PLAIN, GOOD])
    assert (found.polarity_f1, found.level_within_one, found.messages) == (1.0, 1.0, 3)
    assert found.level_exact == pytest.approx(2 / 3)
    assert scored(labels, [PLAIN, PLAIN, PLAIN]).polarity_f1 < 0.5
    assert "kappa" in found.summary()


def test_what_must_hold_on_the_half_that_nothing_was_fitted_on() -> None:
    found = bench_sentiment(CueMoodReader(StaticEmbedder()), load_moods("reported"))
    for name, least in (("polarity_f1", 0.8), ("level_within_one", 0.95), ("kappa", 0.7)):
        value = found[name]
        assert isinstance(value, float)
        assert value >= least, name


def test_the_shipped_weights_are_those_that_the_command_fits() -> None:
    weights = fitted(load_moods("development"))
    assert weights.levels == pytest.approx(shipped_weights().levels, abs=0.02)


def test_the_command_prints_one_document() -> None:
    result = CliRunner().invoke(app, ["sentiment", "--cues-only", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["messages"] == 300


@pytest.mark.parametrize("row", [{"level": 9}, {"level": "3"}, {"polarity": "good"}, {"emotion": "bliss"}], ids=str)
def test_wrong_rows_are_named(tmp_path: Path, row: dict[str, object]) -> None:
    whole = {"id": "1", "text": "x", "language": "en", "polarity": "neutral", "emotion": "neutral", "level": 3} | row
    (tmp_path / "a.jsonl").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"a\.jsonl, line 1"):
        read_moods(tmp_path)
