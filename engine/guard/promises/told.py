"""What sentences of policies say, remembered: the same ones are held against one reply after the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from engine.answering.coverage import TermSet, term_set
from engine.domain.check import PromiseMatter
from engine.guard.promises.amounts import DAY_WORDS, Terms, measured
from engine.guard.promises.cases import cases
from engine.guard.promises.cues import matters
from engine.languages.folding import fold
from engine.languages.places import places
from engine.languages.quantities import quantities

__all__ = ["Told", "told", "without_numbers"]

_REMEMBERED: Final = 6000  # texts, some 5 kB each


@dataclass(frozen=True)
class Told:
    """A text in a language; each reading of it is worked out when it is first asked for."""

    text: str
    language: str

    @cached_property
    def bare(self) -> str:
        """The text without quantities."""
        return without_numbers(self.text)

    @cached_property
    def bare_terms(self) -> TermSet:
        """The terms of the text without quantities."""
        return term_set(self.bare, self.language)

    @cached_property
    def terms(self) -> TermSet:
        """The terms of the text."""
        return term_set(self.text, self.language)

    @cached_property
    def measured(self) -> Terms:
        """What it says by when and how much; words for days count nothing."""
        return measured(self.text, worded=False)

    @cached_property
    def matters(self) -> tuple[PromiseMatter, ...]:
        """What it is about, what it names first in front."""
        return tuple(matters(self.folded))

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that it names."""
        return places(self.folded)

    @cached_property
    def cases(self) -> frozenset[str]:
        """The special cases that it names."""
        return cases(self.folded)

    @cached_property
    def folded(self) -> str:
        """The folded text."""
        return fold(self.text)


@lru_cache(maxsize=_REMEMBERED)
def told(text: str, language: str) -> Told:
    """Return what a text of a policy says; not for what customers or agents write, which is not to be kept."""
    return Told(text, language)


def without_numbers(text: str) -> str:
    """Return a text with a space in place of each quantity and each word for a day."""
    text = DAY_WORDS.sub(" ", text)
    for found in reversed(quantities(text)):
        text = f"{text[: found.span.start]} {text[found.span.end :]}"
    return text
