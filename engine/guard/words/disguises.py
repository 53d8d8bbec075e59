"""Whether symbols that spell a listed word hide it, or belong to words of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from engine.guard.words.lookalikes import MASKS
from engine.guard.words.ordinary import IsWord, is_ordinary
from engine.guard.words.variants import Sounding, Spelling

__all__ = ["hides", "is_apart", "sounds_like"]

_LONGEST_GAP = 6  # characters between two of a word
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD_CHAR = re.compile("[a-z0-9\u00df-\u024f\u0430-\u044f]")
_BREAK = re.compile(r"[。！？!?；;]|[.,:]\s|\n\s*\n")
_SPACES = re.compile(r"[.,:;!?]?\s+")
_NO_LETTERS = frozenset("0123456789@!|$+")
_LONGEST_PIECE = 2  # letters of a Latin word that is broken up by spaces


def is_apart(folded: str, start: int, end: int) -> bool:
    """Tell whether Latin or Cyrillic letters at the edges of a stretch are edges of words."""
    starts = not (start and _WORD_CHAR.match(folded[start]) and _WORD_CHAR.match(folded[start - 1]))
    return starts and not (end < len(folded) and _WORD_CHAR.match(folded[end - 1]) and _WORD_CHAR.match(folded[end]))


def hides(folded: str, places: Sequence[int], spelling: Spelling, is_word: IsWord) -> bool:
    """Tell whether the folded characters at `places` hide the word of a spelling."""
    gaps = _gaps(folded, places)
    if spelling.masked is not None and not MASKS.intersection(gaps[spelling.masked - 1]):
        return False
    if all(folded[place] in _NO_LETTERS for place in places) or any(len(gap) > _LONGEST_GAP for gap in gaps):
        return False
    start, end = places[0], places[-1] + 1
    if _HAN.search(folded[start:end]) is None:
        return not any(gaps) or _is_broken_up(gaps, spelling.breaks)
    broken = any(_BREAK.search(gap) for gap in gaps) and not all(gaps)
    return not broken and not is_ordinary(folded, start, end, is_word=is_word)


def sounds_like(folded: str, places: Sequence[int], sound: Sounding, is_word: IsWord) -> bool:
    """Tell whether what stands at `places`, one a letter, is read syllable by syllable like a word, and is no other."""
    edges = {at for at in range(1, len(places)) if places[at] != places[at - 1]}
    apart = {at for at in edges if places[at] > places[at - 1] + 1}
    at_han = {at for at in edges if _HAN.match(folded[places[at]]) or _HAN.match(folded[places[at - 1]])}
    torn = any(
        places[at] == places[at - 1] and _HAN.match(folded[places[at]]) for at in sound.edges if 0 < at < len(places)
    )
    gaps = _gaps(folded, sorted(set(places)))
    if torn or not apart | at_han <= sound.edges or any(len(gap) > 2 or _BREAK.search(gap) for gap in gaps):
        return False
    return not is_ordinary(folded, places[0], places[-1] + 1, is_word=is_word, listed=sound.word)


def _gaps(folded: str, places: Sequence[int]) -> list[str]:
    """Return what stands between neighbours."""
    return [folded[one + 1 : other] for one, other in pairwise(places)]


def _is_broken_up(gaps: Sequence[str], breaks: Collection[int]) -> bool:
    """Tell whether gaps in Latin words are no spaces between words: spaces leave pieces of one or two letters.

    Where the listed word has a space itself, a space says nothing, and each of its words is whole or in such pieces.
    """
    words = [[1]]
    for number, gap in enumerate(gaps, 1):
        if number in breaks:
            words.append([0])
        elif _SPACES.fullmatch(gap):
            words[-1].append(0)
        words[-1][-1] += 1
    return all(len(pieces) == 1 or max(pieces) <= _LONGEST_PIECE for pieces in words)
