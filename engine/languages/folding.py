"""Fold text so that what a reader takes for the same characters compares equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.domain.knowledge import Span

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["converted", "fold", "fold_with_offsets", "original_span", "to_script"]

# Deleted: soft hyphens, zero-width characters, direction marks, Arabic tatweel, variation selectors, tags.
_DELETED = "\u00ad\u0640\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_DELETED += "\U000e0000-\U000e01ef"
# Replaced by a space, so that words stay apart: control characters but tab and line breaks; lone surrogates.
_BLANKED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_STRIPPED = re.compile(f"[{_DELETED}{_BLANKED}]")
_BLANK = re.compile(f"[{_BLANKED}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_HAN = re.compile("[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Stretches in which NFKC may join, split or reorder characters. Everything else maps one to one and never
# joins what stands before it: ASCII, kana, unified Han, full-width ASCII, CJK stops and brackets.
_VOLATILE = re.compile("[^\\x00-\\x7f\u3001-\u3035\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uff01-\uff5e]+")
REMEMBERED = 400  # characters of a text whose folding is remembered: a sentence
_CONFIGS = {"zh-Hans": "tw2sp", "zh-Hant": "s2twp"}


@lru_cache(maxsize=8)
def _converter(config: str) -> OpenCC:
    """Return the OpenCC converter of that name; loading one takes 4-140 ms."""
    from opencc import OpenCC

    return OpenCC(config)


def _strip(text: str) -> str:
    if _STRIPPED.search(text) is None:
        return text
    return _STRIPPED.sub(lambda found: " " if _BLANK.match(found[0]) else "", text)


def _simplify(text: str) -> str:
    return _converter("t2s").convert(text) if _HAN.search(text) else text


def _normalize_lower(text: str) -> str:
    # Lower-casing can make a sequence composable ("H" + macron below has no capital of its own): compose again.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case, half width, simplified Han, without invisible characters; never raises.

    Han is simplified by OpenCC `t2s`. Control characters and lone surrogates become spaces.
    """
    return _fold_remembered(text) if len(text) <= REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    text = _strip(text)
    if text.isascii():
        return text.lower()
    return _simplify(_normalize_lower(text))


_fold_remembered = lru_cache(maxsize=4096)(_fold)  # the stages of an answer fold the same sentences many times


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and, for each of its characters, the offset in `text` that it comes from.

    The list ends with one extra entry, `len(text)`, so that it has an offset for every boundary too.
    """
    stripped = _strip(text)
    offsets = list(range(len(text) + 1))
    if stripped is not text:
        kept = (at for at, char in enumerate(text) if _STRIPPED.match(char) is None or _BLANK.match(char))
        offsets = [*kept, len(text)]
    if stripped.isascii():
        return stripped.lower(), offsets
    composed, offsets = _compose(stripped, offsets)
    lowered, offsets = _lower(composed, offsets)
    composed, offsets = _compose(lowered, offsets)
    return _simplify(composed), offsets  # every entry of OpenCC's t2s keeps the number of characters


def original_span(offsets: list[int], start: int, end: int) -> Span:
    """Return the span of the original text that folded characters `start`..`end` come from."""
    if start >= end:
        return Span(offsets[start], offsets[start])
    return Span(offsets[start], max(offsets[end], offsets[end - 1] + 1))


def to_script(text: str, script: str) -> str:
    """Convert Chinese between scripts with regional wording for display: `script` is "zh-Hans" or "zh-Hant" (Taiwan).

    Raises KeyError for another script. Lone surrogates become spaces; everything that is not Chinese stays.
    """
    return converted(text, _CONFIGS[script])


def converted(text: str, config: str) -> str:
    """Convert Chinese by the OpenCC configuration `config` ("t2s", "s2twp"); lone surrogates become spaces."""
    result: str = _converter(config).convert(_SURROGATES.sub(" ", text))
    return result


def _lower(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered, offsets
    widened = [offset for char, offset in zip(text, offsets, strict=False) for _ in char.lower()]
    return lowered, [*widened, offsets[-1]]


def _compose(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Normalise to NFKC, carrying the offsets along."""
    composed = unicodedata.normalize("NFKC", text)
    if composed == text:
        return text, offsets
    mapped: list[int] = []
    done = 0
    for stretch in _VOLATILE.finditer(text):
        begin = max(stretch.start() - 1, done)
        mapped += offsets[done:begin]
        for start, width in _clusters(text[begin : stretch.end()]):
            mapped += [offsets[begin + start]] * width
        done = stretch.end()
    return composed, [*mapped, *offsets[done:]]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Split `text` where NFKC cannot reach across; return each piece's start and its length after NFKC."""
    clusters: list[tuple[int, int]] = []
    start, whole = 0, ""
    for at, char in enumerate(text):
        own = unicodedata.normalize("NFKC", char)
        joined = unicodedata.normalize("NFKC", text[start : at + 1])
        if at > start and unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) == 0 and joined == whole + own:
            clusters.append((start, len(whole)))
            start, whole = at, own
        else:
            whole = joined
    return [*clusters, (start, len(whole))]
