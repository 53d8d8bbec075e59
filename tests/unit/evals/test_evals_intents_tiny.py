"""The bench of intents and the fit of moods on data small enough to reckon by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.assist.sentiment.cues import FEATURES
from engine.assist.sentiment.model import EMOTIONS, LEVELS, polarity
from engine.assist.sentiment.reader import CueMoodReader
from engine.assist.triage.classifier import Guess
from engine.domain.assist import Emotion, Mood
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.intents import _accuracy, _scope
from evals.bench.sentiment import bench_sentiment, scored
from evals.datasets.intents import IntentSet, Message, few, load_intents, tuning_split
from evals.datasets.sentiment import GoldenMood, read_moods
from evals.fit_sentiment import FOLDS, _folds, fitted

TEXTS = {
    1: ("You are thieves and liars!", Emotion.ANGER),
    2: ("I am worried and disappointed", Emotion.DISAPPOINTMENT),
    3: ("What are your opening hours?", Emotion.NEUTRAL),
    4: ("Thanks, that solved it", Emotion.JOY),
    5: ("Absolutely fantastic, I love it", Emotion.JOY),
}


def golden(level: int, *, language: str = "en", at: int = 0) -> GoldenMood:
    text, emotion = TEXTS[level]
    return GoldenMood(f"{language}{level}.{at}", text, language, polarity(level), emotion, level)


def mood(level: int) -> Mood:
    return Mood(polarity(level), TEXTS[level][1], level, 0.9)


def guess(best: str, share: float, known: float) -> Guess:
    return Guess({best: share, "other": 1 - share}, known)


def test_accuracy_is_the_share_of_best_guesses_that_are_right() -> None:
    guesses = [guess("a", 0.9, 1), guess("a", 0.8, 1), guess("b", 0.7, 1), guess("b", 0.2, 1)]
    found = _accuracy(guesses, [Message("x", name) for name in ("a", "b", "b", "other")])
    assert found["accuracy"] == 0.75
    assert 0 < found["ece"] < 1


def test_scope_at_a_threshold_is_counted() -> None:
    inside = [guess("a", 1, known) for known in (0.9, 0.8, 0.7, 0.2)]
    outside = [guess("a", 1, known) for known in (0.1, 0.75, 0.3, 0.05)]
    found = _scope(inside, outside, 0.5)
    assert (found["coverage"], found["out_of_scope_recall"]) == (0.75, 0.75)
    wins = sum(i.known > o.known for i in inside for o in outside)
    assert found["out_of_scope_auroc"] == wins / 16


def test_few_takes_at_most_so_many_of_each_and_the_same_each_time() -> None:
    messages = [Message(f"text {at}", "ab"[at % 2]) for at in range(20)] + [Message("alone", "c")]
    kept = few(messages, 3)
    assert {name: sum(each.intent == name for each in kept) for name in "abc"} == {"a": 3, "b": 3, "c": 1}
    assert kept == few(messages[::-1], 3)


def test_a_tuning_split_has_nothing_of_what_is_measured_on() -> None:
    train = tuple(Message(f"train {at}", "a") for at in range(25))
    tuned = tuning_split(IntentSet("x", train, (Message("held", "a"),), (Message("out", "oos"),)))
    assert (len(tuned.train), len(tuned.held_out), tuned.outside) == (20, 5, ())
    assert {*tuned.train, *tuned.held_out} == set(train)


@pytest.mark.parametrize("text", ["text,label\nx,y\n", "", None])
def test_a_csv_without_its_columns_is_named(tmp_path: Path, text: str | None) -> None:
    for part in ("train", "val", "oos_val"):
        (tmp_path / f"clinc150.{part}.jsonl").write_text('{"text": "x", "intent": "y"}', encoding="utf-8")
    if text is not None:
        (tmp_path / "banking77.train.csv").write_text(text + "a,b\n" if text else text, encoding="utf-8")
    if text == "":
        assert load_intents(tmp_path)[0].train == ()
    else:
        with pytest.raises(InvalidInput, match=r"banking77\.train\.csv"):
            load_intents(tmp_path)


def test_the_command_names_a_folder_without_data(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["intents", "--data", str(tmp_path), "--bundled", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "banking77.train.csv" in result.stderr


def test_levels_off_by_one_count_half_way() -> None:
    gold = [golden(level) for level in LEVELS]
    found = scored(gold, [mood(level) for level in (2, 2, 3, 5, 1)])
    assert (found.level_exact, found.level_within_one, found.messages) == (0.4, 0.8, 5)
    assert scored(gold, [mood(level) for level in LEVELS]).kappa == 1.0
    assert found.as_json().keys() == set(found.__slots__)


def test_the_bench_reports_each_language_by_itself() -> None:
    gold = [golden(level, language=language) for language in ("en", "de") for level in LEVELS]
    found = bench_sentiment(CueMoodReader(), gold)
    languages = found["languages"]
    assert isinstance(languages, dict)
    assert list(languages) == ["de", "en"]
    assert (found["messages"], languages["en"]["messages"]) == (10, 5)
    assert languages["en"]["polarity_f1"] == 1.0


def test_the_bench_reads_a_folder_of_one_s_own(tmp_path: Path) -> None:
    rows = [
        {"id": each.id, "text": each.text, "language": "en", "polarity": each.polarity, "emotion": each.emotion}
        | {"level": each.level}
        for each in map(golden, LEVELS)
    ]
    (tmp_path / "own.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert read_moods(tmp_path) == tuple(map(golden, LEVELS))
    result = CliRunner().invoke(app, ["sentiment", "--data", str(tmp_path), "--cues-only", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["messages"]) == (0, 5)


def test_weights_fitted_on_a_handful_have_their_shape_and_read_it_back() -> None:
    moods = [golden(level, at=at) for at in range(4) for level in LEVELS]
    moods += [
        GoldenMood(f"x{emotion}", f"words of {emotion}", "en", polarity(2), emotion, 2)
        for emotion in (Emotion.ANXIETY, Emotion.CONFUSION)
    ]
    weights = fitted(moods)
    width = len(FEATURES) + StaticEmbedder().info.dimension + 1
    assert (weights.levels.shape, weights.emotions.shape) == ((len(LEVELS), width), (len(EMOTIONS), width))
    assert (np.round(weights.levels, 3) == weights.levels).all()
    assert (fitted(moods).levels == weights.levels).all()


def test_tenths_of_a_language_stay_in_one_fold() -> None:
    moods = [golden(3, language=language, at=at) for at in range(50) for language in ("en", "ja")]
    folds = _folds(moods)
    assert sorted(set(folds)) == list(range(FOLDS))
    for language in ("en", "ja"):
        own = [fold for each, fold in zip(moods, folds, strict=True) if each.language == language]
        assert own == [at // 5 % FOLDS for at in range(50)]
