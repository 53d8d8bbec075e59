"""The spellings under which a listed word is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.guard.words.lookalikes import PIECES, canonical
from engine.guard.words.phonetic import spellings
from engine.languages.folding import fold

__all__ = ["Sounding", "Spelling", "soundings", "symbol_spellings", "symbols_of"]

_HAN_WORD = re.compile("[\u4e00-\u9fff]{2,}")
_LATIN_WORD = re.compile("[a-z0-9 ]+")
_LEAST_SOUND = 4  # letters; shorter ones are parts of too many words
_LEAST_MASKED = 4  # letters of a Latin word of which one may be masked; one less in other scripts


@dataclass(frozen=True, slots=True)
class Spelling:
    """Symbols of a word; where `masked` is not None, a mask must stand before the symbol of that number.

    `breaks` are the numbers of the symbols before which the word itself has a space.
    """

    symbols: str
    masked: int | None = None
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sounding:
    """The letters of a word's sound, where in them its syllables begin and end, and the folded word itself."""

    letters: str
    edges: frozenset[int]
    word: str


def symbols_of(folded: str) -> str:
    """Return a folded word without separators, in canonical symbols."""
    return "".join(map(canonical, folded))


def symbol_spellings(word: str, *, disguised: bool = True) -> Iterator[Spelling]:
    """Yield a word's own symbols, then, for disguises, with a character in pieces or masked."""
    folded = fold(word)
    symbols = symbols_of(folded)
    parts = folded.split()
    breaks = frozenset(len(symbols_of("".join(parts[:number]))) for number in range(1, len(parts)))
    yield Spelling(symbols, breaks=breaks)
    if not disguised:
        return
    for at, char in enumerate(symbols):
        for pieces in PIECES.get(char, ()):
            yield Spelling(symbols[:at] + symbols_of(fold(pieces)) + symbols[at + 1 :])
    least = _LEAST_MASKED if _LATIN_WORD.fullmatch(folded) else _LEAST_MASKED - 1
    if len(symbols) >= least:
        for at in range(1, len(symbols) - 1):
            moved = frozenset(place - (place > at) for place in breaks)
            yield Spelling(symbols[:at] + symbols[at + 1 :], at, moved)


def soundings(word: str) -> Iterator[Sounding]:
    """Yield how a word of two or more Han characters may sound; nothing for other words."""
    folded = fold(word)
    if not _HAN_WORD.fullmatch(folded):
        return
    for way in spellings(folded):
        edges, at = [0], 0
        for sound in way:
            edges.append(at := at + len(sound))
        if at >= _LEAST_SOUND:
            yield Sounding("".join(way), frozenset(edges), folded)
