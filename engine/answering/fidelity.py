"""Compare what a sentence names with its evidence: addresses, telephone numbers, proper names, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from engine.answering.polarity import contradicts
from engine.languages.folding import fold
from engine.languages.scripts import dominant_script

__all__ = ["Infidelity", "infidelity"]

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[!-~]+|(?<![\w.@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[!-~]*)?"
)
_PHONE = re.compile(r"(?<![\w-])\+?\(?\d[\d\s().\-/]{5,}\d(?![\w-])")
_MIN_PHONE = 7  # digits
_NAME = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’-]{2,}")
_STARTS = re.compile(r"(?:^|[.!?:;…\n\"“”«»„‘(\[*_>•–—-])\s*(?:\d{1,2}[.)]\s*)?$")
_LATIN = re.compile(r"[a-z][a-z0-9]{2,}")
_COMMON_NOUNS_CAPITALISED = frozenset({"de", "lb"})
_STEM = 5  # characters by which an inflected name is known again
_TITLE_CASE = 0.6  # of the words: then capitals tell nothing


class Infidelity(StrEnum):
    """What a sentence has that its evidence has not."""

    CONTACT = "contact"
    NAME = "name"
    NEGATION = "negation"


def infidelity(claim: str, quotes: Sequence[str], known: str, *, language: str = "") -> Infidelity | None:
    """Return what is wrong with a claim, None if nothing is.

    `quotes` are the sentences that it rests on, `known` all the text that may name things: passages and headings.
    """
    plain = fold(known)
    if not all(address in plain for address in _addresses(claim)) or not _phones(claim) <= _runs(known):
        return Infidelity.CONTACT
    if any(not _stands(name, plain) for name in _names(claim, language)):
        return Infidelity.NAME
    return Infidelity.NEGATION if contradicts(claim, quotes, language) else None


def _addresses(text: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(fold(text)):
        yield found[0].rstrip(".,;:!?)]}>'\"").removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _phones(text: str) -> set[str]:
    found = (re.sub(r"\D", "", each) for each in _PHONE.findall(fold(text)))
    return {digits for digits in found if len(digits) >= _MIN_PHONE}


def _runs(text: str) -> set[str]:
    """Return the digits of all runs that could be a telephone number, with and without what may lead them."""
    found = {re.sub(r"\D", "", each) for each in _PHONE.findall(fold(text))}
    return found | {digits[lead:] for digits in found for lead in range(1, 5)}


def _names(claim: str, language: str) -> Iterator[str]:
    """Yield what looks like proper names: capitals inside a sentence; in other scripts, Latin words."""
    if dominant_script(claim) not in {"Latn", "Cyrl"}:
        yield from _LATIN.findall(_ADDRESS.sub(" ", fold(claim)))
        return
    words = re.findall(r"[^\W\d_]{3,}", claim)
    capitals = sum(word[0].isupper() for word in words)
    if language.partition("-")[0] in _COMMON_NOUNS_CAPITALISED or (words and capitals >= _TITLE_CASE * len(words)):
        return
    for found in _NAME.finditer(claim):
        if not _STARTS.search(claim[: found.start()]):
            yield fold(found[0]).partition("'")[0].partition("’")[0]


def _stands(name: str, known: str) -> bool:
    stem = name if len(name) <= _STEM else name[: max(_STEM, len(name) - 3)]
    return re.search(rf"(?<![^\W_]){re.escape(stem)}", known) is not None
