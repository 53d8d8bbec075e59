"""Read golden messages: what customers write, and how they feel by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.domain.assist import Emotion
from engine.domain.handoff import Polarity
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.jsonl import Record, records_in

__all__ = ["GoldenMood", "Half", "load_moods", "read_moods"]

Half = Literal["development", "reported"]
FOLDER = SAMPLE_FOLDER / "golden" / "sentiment"


@dataclass(frozen=True, slots=True)
class GoldenMood:
    """A message with its polarity, its strongest emotion and its level, 1 to 5."""

    id: str
    text: str
    language: str
    polarity: Polarity
    emotion: Emotion
    level: int


def load_moods(half: Half) -> tuple[GoldenMood, ...]:
    """Return the sample's messages: those that the weights are fitted on, or those that are only reported."""
    return read_moods(FOLDER / half)


def read_moods(folder: Path) -> tuple[GoldenMood, ...]:
    """Read the *.jsonl files of a folder in the order of their names; InvalidInput names file and line."""
    return tuple(map(_mood, records_in(folder)))


def _mood(row: Record) -> GoldenMood:
    try:
        polarity, emotion = Polarity(row.text("polarity")), Emotion(row.text("emotion"))
    except ValueError as error:
        raise row.error("needs a known polarity and emotion") from error
    level = row.values.get("level")
    if not isinstance(level, int) or not 1 <= level <= 5:
        raise row.error('needs a number "level" from 1 to 5')
    return GoldenMood(row.text("id"), row.text("text"), row.text("language"), polarity, emotion, level)
