"""Find the cues of a message: which words say how its writer feels, and what signs go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.assist.sentiment.lexicon import Lexicon
from engine.assist.sentiment.registry import lexicon_for
from engine.assist.sentiment.signs import SIGNS, signs
from engine.domain.assist import SentimentCue
from engine.languages.folding import fold, fold_with_offsets, original_span
from engine.languages.handover_cues import asks_for_person, outrage, sounds_dangerous, threatens
from engine.languages.overlaps import first_of_overlapping
from engine.languages.service_phrases import sounds_solved, sounds_unsolved

__all__ = ["FEATURES", "Reading", "read_cues"]

_BLAME = ("fury", "grievance", "regret", "fault", "worry")
_PRAISE = ("thanks", "content", "delight")
_WHOLE = ("irony", "litotes", "tepid", "puzzle")  # never reversed
_FRAME = ("stress", "request", "asking", "contrast")
_REACH = 14  # characters in which a negator in front reverses a cue, where words are spaced
_EARLIER = 0.5  # weight of a cue in front of the last "but"
_COMMON = ("outrage", "threat", "danger", "unsolved", "solved", "person")
_MIXED = ("both", "loud_blame", "loud_praise", "asked_plainly", "nothing", "long", "clash")
FEATURES: tuple[str, ...] = (
    *_BLAME, *_PRAISE, *_WHOLE, *_FRAME, "no_praise", "no_blame", *_COMMON, *SIGNS, *_MIXED
)  # fmt: skip
"""The names of the numbers in `Reading.features`, in their order."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of a message, one number for each of `FEATURES`, and the cues in the order of their places."""

    features: tuple[float, ...]
    cues: tuple[SentimentCue, ...]


def read_cues(text: str, language: str) -> Reading:
    """Return what stands in `text`, a message in `language` (BCP 47)."""
    plain = text.replace("’", "'")
    folded, offsets = fold_with_offsets(plain)
    lexicon = lexicon_for(language)
    turning = [found.end() for found in _pattern(lexicon, "contrast").finditer(folded)]
    found = list(_found(folded, lexicon))
    counts = dict.fromkeys(FEATURES, 0.0)
    for start, _, kind in found:
        counts[kind] += _EARLIER if turning and start < turning[-1] and kind in (*_BLAME, *_PRAISE) else 1.0
    for kind in _FRAME:
        counts[kind] = float(bool(_pattern(lexicon, kind).search(folded)))
    counts |= _common(text) | signs(text)
    counts |= _mixed(counts, len(folded) * (1 if lexicon.spaces else 3))
    cues = tuple(SentimentCue(kind, original_span(offsets, start, end)) for start, end, kind in found)
    return Reading(tuple(min(counts[name], 3.0) for name in FEATURES), cues)


def _found(folded: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each cue; of overlapping ones those never reversed come first, then the longest."""
    candidates = [
        (match.start(), match.end(), kind)
        for kind in (*_WHOLE, *_BLAME, *_PRAISE)
        for match in _pattern(lexicon, kind).finditer(folded)
        if match.end() > match.start()
    ]
    candidates.sort(key=lambda each: (each[2] not in _WHOLE, each[0] - each[1], each[0]))
    for start, end, kind in first_of_overlapping(candidates, len(folded)):
        if kind in _WHOLE or not _reversed(folded, start, end, kind, lexicon):
            yield start, end, kind
        elif kind in _PRAISE:
            yield start, end, "no_praise"
        else:
            yield start, end, "no_blame"


def _reversed(folded: str, start: int, end: int, kind: str, lexicon: Lexicon) -> bool:
    before = re.split(
        r"[,.;:!?，。；：！？、\n]", folded[max(0, start - (_REACH if lexicon.spaces else lexicon.near)) : start]
    )[-1]
    if lexicon.negators_before and _pattern(lexicon, "negators_before").search(before):
        return True
    denied = lexicon.negators_after and kind in _PRAISE  # blame often is a denial itself
    return bool(denied and _pattern(lexicon, "negators_after").match(folded, end))


def _common(text: str) -> dict[str, float]:
    """Return what the hand-over's cues tell, which know all languages."""
    return {
        "outrage": float(outrage(text)),
        "threat": float(threatens(text)),
        "danger": float(sounds_dangerous(text)),
        "unsolved": float(sounds_unsolved(text)),
        "solved": float(sounds_solved(text)),
        "person": float(asks_for_person(text)),
    }


def _mixed(counts: Mapping[str, float], width: int) -> dict[str, float]:
    """Return what only several cues together tell."""
    blame = sum(counts[kind] for kind in (*_BLAME, "irony", "tepid", "no_praise", "outrage", "threat"))
    praise = sum(counts[kind] for kind in (*_PRAISE, "litotes", "no_blame", "smile", "joy"))
    loud = counts["shout"] + counts["capitals"] + counts["doubt"]
    return {
        "both": float(blame > 0 and praise > 0),
        "clash": float(praise > 0 and (counts["sneer"] > 0 or counts["irony"] > 0 or counts["fury"] > 0)),
        "loud_blame": min(loud, 2.0) * (blame > 0),
        "loud_praise": min(loud, 2.0) * (praise > 0 and blame == 0),
        "asked_plainly": float(blame == 0 and praise == 0 and (counts["question"] > 0 or counts["asking"] > 0)),
        "nothing": float(blame == 0 and praise == 0),
        "long": min(width / 150, 2.0),
    }


@lru_cache(maxsize=512)
def _pattern(lexicon: Lexicon, kind: str) -> re.Pattern[str]:
    """Compile a field of the lexicon, folded as the text is; one that is empty finds nothing."""
    parts: str = getattr(lexicon, kind)
    if not parts:
        return re.compile(r"(?!)")
    folded = fold(parts.replace(r"\W", r"[^\w]"))
    return re.compile(rf"(?<!\w)(?:{folded})(?!\w)" if lexicon.spaces and kind != "asking" else f"(?:{folded})")
