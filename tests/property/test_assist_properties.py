"""What holds of moods, triage parts and entities whatever customers write."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assist.sentiment.cues import FEATURES, Reading, read_cues
from engine.assist.sentiment.model import EMOTIONS, LEVELS, Weights, mood_of, polarity
from engine.assist.sentiment.reader import CueMoodReader
from engine.assist.sentiment.signs import SIGNS, signs
from engine.assist.sentiment.trajectory import trajectory
from engine.assist.triage.entities import entities
from engine.assist.triage.parts import parts
from engine.assist.triage.priority import prioritised
from engine.domain.assist import Emotion, Mood, Trend, TurnMood
from engine.domain.conversation import Role
from engine.domain.handoff import Priority
from engine.domain.triage import CustomerTier, Intent
from engine.embedding.static import StaticEmbedder

CUES, VECTOR = CueMoodReader(), CueMoodReader(StaticEmbedder())
LANGUAGES = st.sampled_from(["zh-Hans", "zh-Hant", "en", "ja", "ko", "de", "ar", "th", "und", ""])
WORDS = [
    "refund",
    "谢谢",
    "失望",
    "残念です",
    "not",
    "but",
    "!!",
    "😡",
    "ありがとう",
    "SF1234567890123",
    "I",
    ", ",
    "。",
    "\n",
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
MOODS = st.sampled_from(LEVELS).map(lambda level: Mood(polarity(level), Emotion.NEUTRAL, level, 0.5))
STEPS = tuple(Priority)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS, language=LANGUAGES)
def test_any_text_has_a_mood_that_agrees_with_itself(text: str, language: str) -> None:
    for reader in (CUES, VECTOR):
        mood = reader.read(text, language)
        assert 1 <= mood.level <= 5
        assert polarity(mood.level) is mood.polarity
        assert (mood.emotion is Emotion.JOY) == (mood.level > 3)
        assert 1 / 3 - 1e-3 <= mood.confidence <= 1  # the likeliest of three


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS, language=LANGUAGES)
def test_cues_stand_in_the_text_one_after_the_other(text: str, language: str) -> None:
    reading = read_cues(text, language)
    assert len(reading.features) == len(FEATURES)
    assert all(0 <= each <= 3 for each in reading.features)
    ends = 0
    for cue in reading.cues:
        assert ends <= cue.span.start < cue.span.end <= len(text)
        ends = cue.span.end


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=TEXTS, language=LANGUAGES)
def test_reading_twice_is_reading_once(text: str, language: str) -> None:
    assert VECTOR.read(text, language) == VECTOR.read(text, language)
    assert VECTOR.read(f"  {text}\n", language).level == VECTOR.read(text.strip(), language).level


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_signs_are_counted_up_to_three(text: str) -> None:
    found = signs(text)
    assert tuple(found) == SIGNS
    assert set(found.values()) <= {0.0, 1.0, 2.0, 3.0}
    assert all(signs(text + text)[name] >= found[name] for name in ("shout", "question", "anger", "joy"))


ANGER = [
    ("The parcel came today", "en", " You are thieves and liars"),
    ("I am disappointed", "en", ", I hate it"),
    ("Thank you, great team", "en", " 🤬"),
    ("Where is my order?", "en", " This is outrageous, you useless idiots"),
    ("包裹到了", "zh-Hans", "，骗子公司"),
    ("很失望", "zh-Hans", "，垃圾"),
    ("謝謝", "zh-Hant", "，騙子"),
    ("請問什麼時候出貨", "zh-Hant", "，太過分了"),
    ("届きました", "ja", "。最低です"),
    ("残念です", "ja", "。ふざけるな、金返せ"),
    ("Danke", "de", ", ihr Lügner"),
    ("Merci", "fr", ", escrocs"),
    ("감사합니다", "ko", " 쓰레기"),
]


@pytest.mark.parametrize("reader", [CUES, VECTOR], ids=["cues", "vector"])
@pytest.mark.parametrize(("text", "language", "anger"), ANGER)
def test_an_added_cue_of_anger_never_raises_the_level(
    reader: CueMoodReader, text: str, language: str, anger: str
) -> None:
    levels = [reader.read(text + anger * times, language).level for times in range(4)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] <= 2


@settings(max_examples=60, deadline=None, derandomize=True)
@given(base=st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_one_more_fury_never_raises_the_level_whatever_else_was_said(base: list[float]) -> None:
    at = FEATURES.index("fury")
    levels = [mood_of(Reading((*base[:at], more, *base[at + 1 :]), ())).level for more in (0.0, 1.0, 2.0, 3.0)]
    assert levels == sorted(levels, reverse=True)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_any_weights_give_probabilities(seed: int) -> None:
    rng = np.random.default_rng(seed)
    width = len(FEATURES) + 1
    weights = Weights(rng.normal(0, 50, (len(LEVELS), width)), rng.normal(0, 50, (len(EMOTIONS), width)))
    mood = mood_of(Reading(tuple(rng.uniform(0, 3, len(FEATURES))), ()), weights=weights)
    assert 1 / 3 - 1e-3 <= mood.confidence <= 1
    assert polarity(mood.level) is mood.polarity


@settings(max_examples=60, deadline=None, derandomize=True)
@given(moods=st.lists(MOODS, max_size=12))
def test_a_trajectory_lies_between_its_turns(moods: list[Mood]) -> None:
    turns = [TurnMood(at, Role.CUSTOMER, "en", mood) for at, mood in enumerate(moods)]
    found, back = (trajectory(way, [""] * len(turns)) for way in (turns, turns[::-1]))
    levels = [mood.level for mood in moods] or [3]
    assert min(levels) <= found.overall.level <= max(levels)
    assert math.isfinite(found.slope)
    assert (found.alarm is None) == (found.alarm_place is None)
    if len(moods) <= 5:
        assert found.slope == pytest.approx(-back.slope)
        assert (found.trend is Trend.STEADY) == (back.trend is Trend.STEADY)
    if 1 in levels:
        assert found.alarm_place == levels.index(1)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_parts_are_apart_in_order_and_in_the_text(text: str) -> None:
    found = parts(text)
    assert len(found) <= 12
    ends = 0
    for span in found:
        assert ends <= span.start < span.end <= len(text)
        ends = span.end


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS, language=LANGUAGES)
def test_entities_are_apart_in_order_and_in_the_text(text: str, language: str) -> None:
    ends = 0
    for entity in entities(text, language):
        assert ends <= entity.span.start < entity.span.end <= len(text)
        assert entity.span.of(text).lower() == entity.text.lower()
        assert entity.normal
        ends = entity.span.end


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=TEXTS, mood=MOODS, own=st.sampled_from(STEPS))
def test_a_better_tier_never_waits_longer(text: str, mood: Mood, own: Priority) -> None:
    intents = (Intent("a", ("x",), priority=own),)
    found = [STEPS.index(prioritised(text, intents, mood, tier)[0]) for tier in CustomerTier]
    assert found == sorted(found)
    assert found[0] >= STEPS.index(own)
