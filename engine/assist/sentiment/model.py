"""Weigh the cues of a message, and what its vector says beyond them, into a mood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.assist.sentiment.cues import Reading
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity
from engine.ports.embedding import Vector

__all__ = ["EMOTIONS", "LEVELS", "VECTOR_SCALE", "WEIGHTS_FILE", "Weights", "mood_of", "polarity", "shipped_weights"]

LEVELS: Final = (1, 2, 3, 4, 5)
EMOTIONS: Final = tuple(Emotion)
VECTOR_SCALE: Final = 0.7
"""By how much a vector of unit length is multiplied; chosen by cross-validation, as `evals.fit_sentiment` prints."""
WEIGHTS_FILE: Final = Path(__file__).with_name("weights.json")
"""Written by `python -m evals.fit_sentiment`, which learns from the development half of the golden messages."""
_VERY_LOW: Final = 1.7  # expected level below which a negative message is of level 1
_VERY_HIGH: Final = 4.3
_POLARITIES: Final = {1: Polarity.NEGATIVE, 2: Polarity.NEGATIVE, 3: Polarity.NEUTRAL}
_FEELINGS: Final = {
    Polarity.NEGATIVE: (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT, Emotion.CONFUSION),
    Polarity.NEUTRAL: (Emotion.NEUTRAL, Emotion.CONFUSION),
    Polarity.POSITIVE: (Emotion.JOY,),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Two softmax regressions over cue features and vector: rows are classes, the last column is the intercept.

    `encoder` is the revision of the static encoder whose vectors they were fitted on.
    """

    levels: NDArray[np.float64]
    emotions: NDArray[np.float64]
    encoder: str = ""


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """Return the weights that come with the engine."""
    kept = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return Weights(np.array(kept["levels"]), np.array(kept["emotions"]), kept["encoder"])


def mood_of(reading: Reading, vector: Vector | None = None, *, weights: Weights | None = None) -> Mood:
    """Return the mood that the cues and the message's vector tell; without a vector by the cues alone.

    The polarity is the likeliest one; the level within it is the one nearest to the expected level.
    """
    used = weights or shipped_weights()
    width = used.levels.shape[1] - 1 - len(reading.features)
    tail = np.zeros(width) if vector is None else VECTOR_SCALE * vector
    values = np.concatenate([reading.features, tail, [1.0]])
    levels = _softmax(used.levels @ values)
    mass = {each: sum(p for n, p in zip(LEVELS, levels, strict=True) if polarity(n) is each) for each in Polarity}
    chosen = max(mass, key=lambda each: mass[each])
    level = _level(chosen, float(levels @ np.array(LEVELS)))
    emotion = _emotion(chosen, _softmax(used.emotions @ values))
    return Mood(chosen, emotion, level, round(float(mass[chosen]), 3), reading.cues)


def polarity(level: int) -> Polarity:
    """Return the polarity of a level."""
    return _POLARITIES.get(level, Polarity.POSITIVE)


def _level(chosen: Polarity, expected: float) -> int:
    if chosen is Polarity.NEGATIVE:
        return 1 if expected < _VERY_LOW else 2
    if chosen is Polarity.POSITIVE:
        return 5 if expected > _VERY_HIGH else 4
    return 3


def _emotion(chosen: Polarity, probabilities: Sequence[float] | NDArray[np.float64]) -> Emotion:
    """Return the likeliest emotion that goes with the polarity."""
    likely = dict(zip(EMOTIONS, probabilities, strict=True))
    return max(_FEELINGS[chosen], key=lambda each: likely[each])


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max())
    probabilities: NDArray[np.float64] = raised / raised.sum()
    return probabilities
