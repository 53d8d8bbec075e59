"""Measure how well moods are read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.domain.assist import Mood
from engine.ports.sentiment import MoodReader
from evals.datasets.sentiment import GoldenMood
from evals.metrics.macro_f1 import macro_f1
from evals.metrics.percentiles import percentile
from evals.metrics.quadratic_kappa import quadratic_kappa

__all__ = ["SentimentScores", "bench_sentiment", "scored"]


@dataclass(frozen=True, slots=True)
class SentimentScores:
    """Macro-F1 of polarity and of emotion, share of levels off by at most one, quadratic kappa of the levels."""

    messages: int
    polarity_f1: float
    emotion_f1: float
    level_exact: float
    level_within_one: float
    kappa: float

    def summary(self) -> str:
        """Return it in one line."""
        return (
            f"{self.messages} messages: polarity macro-F1 {self.polarity_f1:.3f}, level within one "
            f"{self.level_within_one:.3f}, kappa {self.kappa:.3f}, emotion macro-F1 {self.emotion_f1:.3f}"
        )

    def as_json(self) -> dict[str, float]:
        """Return plain values, rounded."""
        return {name: round(getattr(self, name), 3) for name in self.__slots__}


def scored(gold: Sequence[GoldenMood], found: Sequence[Mood]) -> SentimentScores:
    """Compare what was found with the labels."""
    apart = [abs(one.level - other.level) for one, other in zip(gold, found, strict=True)]
    return SentimentScores(
        messages=len(gold),
        polarity_f1=macro_f1([one.polarity for one in gold], [one.polarity for one in found]),
        emotion_f1=macro_f1([one.emotion for one in gold], [one.emotion for one in found]),
        level_exact=sum(gap == 0 for gap in apart) / len(gold),
        level_within_one=sum(gap <= 1 for gap in apart) / len(gold),
        kappa=quadratic_kappa([one.level for one in gold], [one.level for one in found]),
    )


def bench_sentiment(reader: MoodReader, gold: Sequence[GoldenMood]) -> dict[str, object]:
    """Read all messages, the first twice to load what is needed; scores over all and by language, times a message."""
    reader.read(gold[0].text, gold[0].language)
    found, times = [], []
    for mood in gold:
        begun = time.perf_counter()
        found.append(reader.read(mood.text, mood.language))
        times.append((time.perf_counter() - begun) * 1000)
    pairs = list(zip(gold, found, strict=True))
    languages = {
        language: _of(pair for pair in pairs if pair[0].language == language)
        for language in sorted({mood.language for mood in gold})
    }
    spread = {"p50_ms": round(percentile(times, 50), 2), "p95_ms": round(percentile(times, 95), 2)}
    return {**_of(pairs), "languages": languages, **spread}


def _of(pairs: Iterable[tuple[GoldenMood, Mood]]) -> dict[str, float]:
    gold, found = zip(*pairs, strict=True)
    return scored(gold, found).as_json()
