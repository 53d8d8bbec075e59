"""A transformers text classifier as reader of moods, for those who have one that fits their customers."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from engine.assist.sentiment.cues import read_cues
from engine.assist.sentiment.model import mood_of, polarity
from engine.assist.sentiment.reader import NEUTRAL
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity
from engine.errors import Misconfigured

__all__ = ["TransformerMoodReader", "level_of_label"]

MAX_TOKENS: Final = 256
_WORDS: Final[Mapping[str, int]] = {
    "very negative": 1,
    "negative": 2,
    "neutral": 3,
    "positive": 4,
    "very positive": 5,
    "anger": 1,
    "disgust": 1,
    "annoyance": 2,
    "fear": 2,
    "sadness": 2,
    "disappointment": 2,
    "confusion": 3,
    "surprise": 3,
    "joy": 5,
    "happiness": 5,
    "love": 5,
    "gratitude": 4,
    "admiration": 4,
}
_SHORT: Final = {"neg": "negative", "neu": "neutral", "pos": "positive", "happy": "joy", "sad": "sadness"}


class TransformerMoodReader:
    """Reads moods by a sequence classifier, whose labels say levels ("5 stars"), polarities or emotions.

    `model` is a hub name or a folder; it is loaded at the first use: Misconfigured if that fails, or if a label's
    meaning cannot be told. Cues are reported beside, and choose the emotion where the labels have none.
    """

    def __init__(self, model: str, *, device: str = "cpu") -> None:
        self._model = model
        self._device = device
        self._lock = threading.Lock()

    def read(self, text: str, language: str) -> Mood:
        """Return the mood of a message in `language` (BCP 47)."""
        if not text.strip():
            return NEUTRAL
        reading = read_cues(text, language)
        levels = self._levels(text)
        mass = {each: sum(p for level, p in levels.items() if polarity(level) is each) for each in Polarity}
        chosen = max(mass, key=lambda each: mass[each])
        level = max((level for level in levels if polarity(level) is chosen), key=lambda level: levels[level])
        by_cues = mood_of(reading)
        emotion = by_cues.emotion if by_cues.polarity is chosen else _plainest(chosen)
        return Mood(chosen, emotion, level, round(mass[chosen], 3), reading.cues)

    def _levels(self, text: str) -> dict[int, float]:
        import torch

        tokenizer, model, meaning = self._loaded
        with self._lock, torch.inference_mode():
            tokens = tokenizer(text, truncation=True, max_length=MAX_TOKENS, return_tensors="pt").to(self._device)
            probabilities = torch.softmax(model(**tokens).logits[0].float(), dim=-1).tolist()
        levels: dict[int, float] = {}
        for level, probability in zip(meaning, probabilities, strict=True):
            levels[level] = levels.get(level, 0.0) + probability
        return levels

    @cached_property
    def _loaded(self) -> tuple[Any, Any, tuple[int, ...]]:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        try:
            tokenizer = AutoTokenizer.from_pretrained(self._model)  # nosec B615
            classifier = AutoModelForSequenceClassification.from_pretrained(self._model)  # nosec B615
            model = classifier.to(self._device).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise Misconfigured(
                f"The sentiment model {self._model!r} could not be loaded.",
                remedy="Check the setting sentiment_model: a folder, or a name on the hub.",
            ) from error
        labels: dict[int, str] = model.config.id2label
        return tokenizer, model, tuple(level_of_label(labels[at], len(labels)) for at in range(len(labels)))


def level_of_label(label: str, count: int) -> int:
    """Return the level 1-5 that one of `count` labels means; Misconfigured if that cannot be told.

    Numbers count from 1 to `count` ("4 stars"); "LABEL_0" and the like from 0, least first.
    """
    name = re.sub(r"[_\-\s]+", " ", label).strip().lower()
    if number := re.search(r"\d+", name):
        at = int(number[0]) - (0 if name.startswith("label") else 1)
        if 0 <= at < count and count > 1:
            return 1 + round(4 * at / (count - 1))
    level = _WORDS.get(_SHORT.get(name, name))
    if level is None:
        raise Misconfigured(
            f"The sentiment model's label {label!r} says no level, polarity or emotion.",
            remedy="Set id2label in the model's config.json, such as negative, neutral, positive.",
        )
    return level


def _plainest(chosen: Polarity) -> Emotion:
    return {Polarity.NEGATIVE: Emotion.DISAPPOINTMENT, Polarity.POSITIVE: Emotion.JOY}.get(chosen, Emotion.NEUTRAL)
