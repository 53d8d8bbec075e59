"""Find many listed words at once, as they are and in disguise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from engine.domain.knowledge import Span
from engine.guard.words.disguises import hides, is_apart, sounds_like
from engine.guard.words.ordinary import IsWord
from engine.guard.words.reading import FoldedText, phonetic_reading, symbol_readings
from engine.guard.words.variants import soundings, symbol_spellings
from engine.languages.folding import fold
from engine.languages.overlaps import first_of_overlapping

__all__ = ["Pattern", "WordHit", "WordMatcher"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word to find; `disguised`: hidden spellings count as well. `key` is handed back with each hit."""

    word: str
    key: str
    disguised: bool = True


@dataclass(frozen=True, slots=True)
class WordHit:
    """A pattern at `span` of the text; `disguised` tells that it does not stand there as it is listed."""

    pattern: Pattern
    span: Span
    disguised: bool


class _Automaton(Protocol):
    """What is used of pyahocorasick: end and values of each key in a text."""

    def iter(self, text: str) -> Iterator[tuple[int, list[Any]]]:
        """Yield what is found."""
        ...


_Hit = tuple[int, int, tuple[Pattern, bool]]


class WordMatcher:
    """Finds the words of a list; to change the list is to make another matcher.

    `is_word` knows ordinary words in Han characters, which keeps them from being taken for disguises.
    """

    def __init__(self, patterns: Iterable[Pattern], *, is_word: IsWord = lambda _: False) -> None:
        self._is_word = is_word
        kept = [pattern for pattern in patterns if any(char.isalnum() for char in pattern.word)]
        self._folded = {pattern.word: fold(pattern.word).strip() for pattern in kept}
        self._symbols = _automaton(
            (spelling.symbols, (pattern, spelling))
            for pattern in kept
            for spelling in symbol_spellings(pattern.word, disguised=pattern.disguised)
        )
        self._sounds = _automaton(
            (sound.letters, (pattern, sound))
            for pattern in kept
            if pattern.disguised
            for sound in soundings(pattern.word)
        )

    def find(self, text: str) -> tuple[WordHit, ...]:
        """Return what is found, in order of place; of overlapping hits a plain one counts, then the longer."""
        read = FoldedText.of(text)
        hits = [*self._by_symbols(read.text), *self._by_sound(read.text)]
        hits.sort(key=lambda hit: (hit[2][1], hit[0] - hit[1], hit[0]))
        return tuple(
            WordHit(pattern, read.original(start, end), disguised)
            for start, end, (pattern, disguised) in first_of_overlapping(hits, len(read.text))
        )

    def _by_symbols(self, folded: str) -> Iterator[_Hit]:
        automaton = self._symbols
        for reading in symbol_readings(folded) if automaton else ():
            for last, found in automaton.iter(reading.symbols) if automaton else ():
                for pattern, spelling in found:
                    places = reading.places[last + 1 - len(spelling.symbols) : last + 1]
                    start, end = places[0], places[-1] + 1
                    plain = folded[start:end] == self._folded[pattern.word]
                    if is_apart(folded, start, end) and (
                        plain or (pattern.disguised and hides(folded, places, spelling, self._is_word))
                    ):
                        yield start, end, (pattern, not plain)

    def _by_sound(self, folded: str) -> Iterator[_Hit]:
        automaton, reading = self._sounds, phonetic_reading(folded)
        if automaton is None or reading is None:
            return
        for last, found in automaton.iter(reading.symbols):
            for pattern, sound in found:
                places = reading.places[last + 1 - len(sound.letters) : last + 1]
                whole = places[0] not in reading.places[: last + 1 - len(places)][-1:] and (
                    places[-1] not in reading.places[last + 1 : last + 2]
                )
                start, end = places[0], places[-1] + 1
                if whole and is_apart(folded, start, end) and sounds_like(folded, places, sound, self._is_word):
                    yield start, end, (pattern, True)


def _automaton(entries: Iterable[tuple[str, Any]]) -> _Automaton | None:
    """Return an Aho-Corasick automaton that gives the values of each key; None without keys."""
    values: dict[str, list[Any]] = {}
    for key, value in entries:
        if key:
            values.setdefault(key, []).append(value)
    if not values:
        return None
    from ahocorasick import Automaton  # type: ignore[import-not-found]

    automaton = Automaton()
    for key, listed in values.items():
        automaton.add_word(key, listed)
    automaton.make_automaton()
    made: _Automaton = automaton
    return made
