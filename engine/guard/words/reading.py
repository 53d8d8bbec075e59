"""Read a text as strings of bare symbols, each with its place, so that inserted characters fall away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.guard.words.lookalikes import canonical
from engine.guard.words.phonetic import syllable
from engine.languages.folding import fold_with_offsets, original_span

__all__ = ["FoldedText", "Reading", "phonetic_reading", "symbol_readings"]

_SIGN = re.compile(r"[@!|$+]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN_IN_HAN = re.compile("[\u4e00-\u9fff][^\u4e00-\u9fff]{0,3}[a-z0-9][^\u4e00-\u9fff]{0,3}[\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30fe]")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text after `fold`, and the way back to its own offsets."""

    text: str
    offsets: list[int]

    @classmethod
    def of(cls, original: str) -> FoldedText:
        """Fold a text."""
        return cls(*fold_with_offsets(original))

    def original(self, start: int, end: int) -> Span:
        """Return where folded characters stand in the text as it was."""
        return original_span(self.offsets, start, end)


@dataclass(frozen=True, slots=True)
class Reading:
    """Symbols without what separates them: `places[i]` is the folded offset of the character that gave symbol i."""

    symbols: str
    places: list[int]


def symbol_readings(folded: str) -> Iterator[Reading]:
    """Yield the readings of a folded text: signs as letters, signs as separators, Latin inserted among Han left out."""
    yield _reading((at, canonical(char)) for at, char in enumerate(folded))
    if _SIGN.search(folded):
        yield _reading((at, "" if _SIGN.match(char) else canonical(char)) for at, char in enumerate(folded))
    if _LATIN_IN_HAN.search(folded):
        yield _reading((found.start(), found[0]) for found in _HAN.finditer(folded))


def phonetic_reading(folded: str) -> Reading | None:
    """Return how the text sounds in Mandarin, letter by letter; None without Han, or where it is Japanese."""
    if not _HAN.search(folded) or len(_KANA.findall(folded)) > len(folded) // 20:
        return None
    return _reading((at, _sound(char)) for at, char in enumerate(folded))


def _sound(char: str) -> str:
    return char if "a" <= char <= "z" else syllable(char)


def _reading(units: Iterator[tuple[int, str]]) -> Reading:
    symbols: list[str] = []
    places: list[int] = []
    for at, symbol in units:
        if symbol:
            symbols.append(symbol)
            places += [at] * len(symbol)
    return Reading("".join(symbols), places)
