"""Measure whether listed words are found in disguise, how often clean sentences are flagged, and abusive Chinese."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine.domain.knowledge import Span
from engine.guard.offensive import offensiveness
from engine.guard.rules.packs import pack_names, shipped_pack
from engine.guard.words.matcher import Pattern, WordMatcher
from engine.languages.sentences import sentences
from evals.bench.disguises import DISGUISES
from evals.bench.injection import clean_pages
from evals.metrics.macro_f1 import macro_f1

__all__ = ["Hidden", "abuse_scores", "clean_sentences", "flagged", "hidden_words", "listed_words", "recall_by_kind"]

SEED = 29
_CARRIERS = {
    "zh": ("您好，{}，我已经说过了。", "这件事我觉得{}吧", "{}！请您看一下订单。", "客服回复：{}，再等等。"),
    "en": ("Honestly, {} is all I can say.", "{} - and that is that.", "We were told about {}, please check."),
    "ja": ("お客様、{}と申し上げました。", "それは「{}」です。"),
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text with a listed word at `span`, hidden in one way."""

    text: str
    word: str
    kind: str
    span: Span


def listed_words() -> tuple[str, ...]:
    """Return the words of the shipped packs that are looked for in disguise."""
    rules = (rule for name in pack_names() for rule in shipped_pack(name).rules if rule.disguised)
    return tuple(dict.fromkeys(word for rule in rules for word in rule.words))


def hidden_words(words: Sequence[str], count: int, *, seed: int = SEED) -> tuple[Hidden, ...]:
    """Return texts with hidden words: the ways and the words take turns as far as they go together."""
    random = Random(seed)  # noqa: S311
    found: list[Hidden] = []
    while len(found) < count:
        for kind, hide in DISGUISES.items():
            word = random.choice(words)
            hidden = hide(word, random)
            if hidden and hidden != word and len(found) < count:
                carrier = random.choice(_CARRIERS[_script(word)])
                start = carrier.index("{}")
                text = carrier.format(hidden)
                found.append(Hidden(text, word, kind, Span(start, start + len(hidden))))
    return tuple(found)


def recall_by_kind(matcher: WordMatcher, hidden: Iterable[Hidden]) -> dict[str, tuple[int, int]]:
    """Return, by way of hiding and for "all", how many were found of how many."""
    counted: dict[str, tuple[int, int]] = {}
    for each in hidden:
        hits = [
            hit for hit in matcher.find(each.text) if hit.span.start < each.span.end and each.span.start < hit.span.end
        ]
        for key in (each.kind, "all"):
            right, total = counted.get(key, (0, 0))
            counted[key] = (right + bool(hits), total + 1)
    return counted


def clean_sentences(folder: Path) -> tuple[str, ...]:
    """Return the sentences of the Markdown pages of a folder, without their front matter."""
    bodies = clean_pages(folder)
    return tuple(span.of(body) for body in bodies for span in sentences(body) if any(map(str.isalpha, span.of(body))))


def flagged(matcher: WordMatcher, clean: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences in which something is found."""
    return tuple(text for text in clean if matcher.find(text))


def abuse_scores(rows: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Return macro-F1 of abusive or not, and milliseconds a text."""
    begin = time.perf_counter()
    found = [offensiveness(text) >= 0.5 for text, _ in rows]
    spent = time.perf_counter() - begin
    score = macro_f1([label for _, label in rows], found)
    return {"texts": len(rows), "macro_f1": round(score, 4), "ms_per_text": round(1000 * spent / len(rows), 3)}


def patterns(words: Iterable[str]) -> list[Pattern]:
    """Return the words as patterns that are found in disguise."""
    return [Pattern(word, word) for word in words]


def _script(word: str) -> str:
    if any("\u3041" <= char <= "\u30fe" for char in word):
        return "ja"
    return "en" if word.isascii() else "zh"
