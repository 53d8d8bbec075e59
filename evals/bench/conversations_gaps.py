"""Conversations with a fictional shop, some about what its knowledge lacks, with what is true of each."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from engine.assist.triage.taxonomy import read_taxonomy
from engine.domain.answer import AbstentionReason
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback, Verdict
from engine.domain.handoff import HandoffReason
from engine.domain.insights import GapCause
from engine.languages.detection import ScriptDetector
from evals.datasets.golden import SAMPLE_FOLDER

__all__ = ["BEGIN", "DAYS", "Asked", "Half", "Theme", "conversations", "themes"]

Half = Literal["development", "reported"]
BEGIN: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAYS: Final = 28
FAILS_OF_GAPS: Final = 0.8
FAILS_OTHERWISE: Final = 0.07
BADLY_ANSWERED: Final = {"development": "invoice", "reported": "delete_data"}
"""Intents of the sample that the knowledge covers and whose answers customers do not get all the same."""
PEOPLE: Final = ("speak_to_person",)  # nothing of the knowledge


@dataclass(frozen=True, slots=True)
class Theme:
    """What a customer may be after, with wordings by language; `planted` is what the gap is due to, None for no gap."""

    name: str
    wordings: dict[str, tuple[str, ...]]
    planted: GapCause | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation of one question: the exchange, feedback on it, if any, and the theme it is about."""

    exchange: Exchange
    feedback: Feedback | None
    theme: Theme

    @property
    def handed_over(self) -> bool:
        """Whether a person took over."""
        return self.exchange.handoff is not None


def themes(half: Half) -> tuple[Theme, ...]:
    """Return the planted gaps of a half, and every other intent of the sample, which has none."""
    kept = _kept()
    gaps = [
        Theme(name, {language: tuple(said) for language, said in wordings.items()}, GapCause.MISSING)
        for name, wordings in kept[half].items()
    ]
    intents = read_taxonomy(SAMPLE_FOLDER / "intents.yaml")
    bad = BADLY_ANSWERED[half]
    known = [
        Theme(intent.id, _by_language(intent.examples), GapCause.NOT_FOUND if intent.id == bad else None)
        for at, intent in enumerate(intents)
        if intent.id not in PEOPLE and intent.id not in BADLY_ANSWERED.values() and at % 2 == (half == "reported")
    ]
    planted = [
        Theme(intent.id, _by_language(intent.examples), GapCause.NOT_FOUND) for intent in intents if intent.id == bad
    ]
    return (*gaps, *planted, *known)


def conversations(half: Half, count: int, *, seed: int, knowledge_base: str = "bench") -> tuple[Asked, ...]:
    """Return so many conversations over four weeks, the oldest first; a fifth of them is about planted gaps.

    What became of a question is drawn, too: it fails in .8 of the cases where a gap is planted, else in .07. A failure
    is an abstention, a hand-over, a rejected answer or a low rating.
    """
    chance = random.Random(f"{half} {seed}")  # noqa: S311 (not for secrets)
    every = themes(half)
    gaps, others = [each for each in every if each.planted], [each for each in every if not each.planted]
    weights = [1 / (place + 1) ** 0.5 for place in range(len(others))]
    made = []
    for number in range(count):
        theme = chance.choice(gaps) if chance.random() < 0.2 else chance.choices(others, weights)[0]
        at = BEGIN + timedelta(days=DAYS * number / count)
        made.append(_asked(theme, number, at, chance, knowledge_base))
    return tuple(made)


def _asked(theme: Theme, number: int, at: datetime, chance: random.Random, knowledge_base: str) -> Asked:
    language = chance.choice(sorted(theme.wordings))
    text = _said(chance.choice(theme.wordings[language]), language, chance)
    plain = Exchange(
        answer_id=f"answer-{number:06}",
        conversation_id=f"talk-{number:06}",
        knowledge_base=knowledge_base,
        question=text,
        standalone=text,
        language=ScriptDetector().detect(text),
        answer="See below.",
        citations=(),
        created_at=at,
    )
    if chance.random() >= (FAILS_OF_GAPS if theme.planted else FAILS_OTHERWISE):
        happy = Feedback(f"said-{number:06}", plain.answer_id, None, "", chance.choice((4, 5)), "", at)
        return Asked(plain, happy if chance.random() < 0.1 else None, theme)
    return _failed(plain, theme, chance)


def _failed(plain: Exchange, theme: Theme, chance: random.Random) -> Asked:
    how = chance.random()
    silent = replace(plain, answer="")
    if how < 0.5:
        return Asked(replace(silent, abstained=AbstentionReason.LOW_CONFIDENCE), None, theme)
    if how < 0.75:
        return Asked(replace(silent, handoff=HandoffReason.REQUESTED), None, theme)
    said = Feedback(f"said-{plain.answer_id}", plain.answer_id, None, "", None, "", plain.created_at)
    unhappy = replace(said, verdict=Verdict.REJECTED) if how < 0.9 else replace(said, csat=chance.choice((1, 2)))
    return Asked(plain, unhappy, theme)


def _said(wording: str, language: str, chance: random.Random) -> str:
    kept = _kept()
    opening, closing = chance.choice(kept["openings"][language]), chance.choice(kept["closings"][language])
    stop = "" if not closing or wording[-1] in "?？。.！!" else "." if language == "en" else "。"
    said: str = f"{opening}{wording}{stop}{closing}".replace("{p}", chance.choice(kept["products"][language]))
    return said


def _by_language(examples: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    detector = ScriptDetector()
    for text in examples:
        spoken = detector.detect(text).partition("-")[0]
        found.setdefault(spoken if spoken in {"zh", "ja"} else "en", []).append(text)
    return {language: tuple(said) for language, said in found.items()}


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
