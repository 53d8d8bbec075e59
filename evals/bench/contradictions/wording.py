"""Say a fact about the fictional shop in one of several wordings of a language."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml  # type: ignore[import-untyped]

from engine.languages.folding import to_script

__all__ = ["LANGUAGES", "Fact", "Half", "in_language", "named", "said", "shop", "topics"]

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant", "ja")
_FOLDER = Path(__file__).parent
_LONGER = {"d": (7, "w"), "o": (12, "y"), "h": (24, "d")}  # so many of a unit are one of the next

Half = range
"""The wordings that may be used: the first two for development, the last two to be reported."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is so: a topic's value ("30d", or "yes" and "no") for a product, a country or the whole shop (empty)."""

    topic: str
    subject: str
    value: str


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Return the topics by their ids."""
    rows = yaml.safe_load((_FOLDER / "topics.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


@cache
def shop() -> dict[str, Any]:
    """Return the names and phrases of the shop."""
    found: dict[str, Any] = yaml.safe_load((_FOLDER / "shop.yaml").read_text(encoding="utf-8"))
    return found


def in_language(text: str, language: str) -> str:
    """Return a text of the files as it is written in a language: they have Chinese in simplified characters."""
    return to_script(text, language) if language == "zh-Hant" else text


def said(fact: Fact, language: str, half: Half, chance: random.Random) -> str:
    """Return a sentence that states the fact, and its value in one of the ways to write it."""
    words = language.partition("-")[0]
    topic = topics()[fact.topic]
    wordings = topic[f"{words}_no" if fact.value == "no" else words]
    sentence = str(wordings[chance.choice(half)])
    value = "" if topic.get("yes_no") else _written(fact.value, words, chance)
    return in_language(sentence.format(v=value, p=named(fact.subject, words)), language)


def named(subject: str, words: str) -> str:
    """Return a product, or a country as it is called in a language of the files."""
    known = shop()["countries"]
    return str(known[words][known["en"].index(subject)]) if subject in known["en"] else subject


def _written(value: str, words: str, chance: random.Random) -> str:
    number, unit = value[:-1], value[-1]
    forms = {"m": shop()["money"], "l": shop()["litres"], "c": shop()["clock"]}
    if unit in forms:
        return str(forms[unit][words].format(n=number))
    if unit == "%":
        return value
    count, (many, longer) = int(number), _LONGER[unit]
    if count % many == 0 and chance.random() < 0.3:
        count, unit = count // many, longer
    spelled = shop()["spelled"].get(words, ())
    figure = spelled[count] if count < len(spelled) and chance.random() < 0.2 else str(count)
    name = shop()["units"][words][unit][count != 1]
    return f"{figure} {name}" if words == "en" else f"{figure}{name}"
