"""Split text into the terms that BM25 indexes.

Characters and character bigrams of scripts without spaces, stemmed words of the others; each kind is scored apart.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, cast
from zlib import crc32

from engine.languages.folding import fold
from engine.languages.registry import profile_for

if TYPE_CHECKING:
    from typing import Protocol

    class _Stemmer(Protocol):
        def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802


__all__ = ["TermKind", "Terms", "content_terms", "folded_words", "term_id", "terms"]

# Han, kana and iteration marks; the middle dot (U+30FB) is punctuation.
_CJK = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK += "\U00020000-\U0003ffff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
_HANGUL = "\uac00-\ud7a3"
# Marks that belong to the word they stand in: combining accents, Cyrillic, Hebrew and Arabic points, Indic vowels.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS += "\u0900-\u0963\u0966-\u0dff"
_LETTERS = rf"(?:[^\W_{_CJK}{_UNSPACED}]+|[{_MARKS}]+)+"
_JOINTS = "-._/:,#"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_HANGUL_RUN = re.compile(f"[{_HANGUL}]{{2,}}")
_TOKEN = re.compile(f"{_LETTERS}(?:[{_JOINTS}]{_LETTERS})*")
_ASCII_TOKEN = re.compile(f"[a-z0-9]+(?:[{_JOINTS}][a-z0-9]+)*")
_JOINT = re.compile(f"[{_JOINTS}]")
_DIGIT = re.compile("[0-9]")


class TermKind(StrEnum):
    """What a term is; terms of different kinds never match each other."""

    CHARACTER = "c"
    BIGRAM = "b"
    WORD = "w"


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each term stands in a text, and the text's length: its unspaced characters plus its words."""

    characters: Counter[str]
    bigrams: Counter[str]
    words: Counter[str]
    length: int

    def of(self, kind: TermKind) -> Counter[str]:
        """Return the counts of one kind."""
        return {TermKind.CHARACTER: self.characters, TermKind.BIGRAM: self.bigrams, TermKind.WORD: self.words}[kind]

    def ids(self, kind: TermKind) -> dict[int, int]:
        """Return the counts of one kind by `term_id`; terms that share an id are added up."""
        counts: dict[int, int] = {}
        seed = _SEEDS[kind]
        for term, count in self.of(kind).items():
            key = crc32(term.encode(), seed)
            counts[key] = counts.get(key, 0) + count
        return counts


_SEEDS = {kind: crc32(f"{kind}:".encode()) for kind in TermKind}


def term_id(kind: TermKind, text: str) -> int:
    """Return the unsigned 32-bit id of a term, the CRC-32 of "kind:text": the same in every process and release."""
    return crc32(text.encode(), _SEEDS[kind])


def terms(text: str, language: str = "und") -> Terms:
    """Return the terms of `text`, its words stemmed for `language` (BCP 47).

    Codes such as "MV-2026-004512" or "v2.3.1" are words too, beside their parts; they add nothing to the length.
    """
    return _count(fold(text), language, frozenset())


def content_terms(text: str, language: str) -> Terms:
    """Return the terms of `text` without the function words of `language`; all terms if nothing would be left."""
    profile = profile_for(language)
    folded = fold(text)
    pattern = _stop_pattern(profile.code)
    content = _count(pattern.sub(" ", folded) if pattern else folded, language, profile.stop_words)
    return content if content.length else _count(folded, language, frozenset())


def folded_words(folded: str, language: str) -> Counter[str]:
    """Return the words of a folded text as `terms` counts them, without its characters and bigrams."""
    return _words(folded, language, frozenset())[0]


def _words(folded: str, language: str, left_out: frozenset[str]) -> tuple[Counter[str], int]:
    """Return the stems and codes, and how many words there are, codes aside."""
    found, codes = _split((_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded))
    if left_out:
        found = [word for word in found if word not in left_out]
    words = _stemmed(Counter(found), profile_for(language).stemmer)
    words.update(codes)
    return words, len(found)


def _count(folded: str, language: str, left_out: frozenset[str]) -> Terms:
    words, number = _words(folded, language, left_out)
    if folded.isascii():
        return Terms(Counter(), Counter(), words, number)
    cjk = _CJK_RUN.findall(folded)
    unspaced = _UNSPACED_RUN.findall(folded)
    length = number + sum(map(len, cjk)) + sum(map(len, unspaced))
    bigrams = _bigrams(chain(cjk, unspaced, _HANGUL_RUN.findall(folded)))
    return Terms(Counter("".join(cjk)), bigrams, words, length)


def _split(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return the words in `tokens`, and those tokens that are codes: several words with a digit among them."""
    words: list[str] = []
    codes: list[str] = []
    for token in tokens:
        if token.isalnum():
            words.append(token)
            continue
        parts = _JOINT.split(token)
        words += parts
        if len(parts) > 1 and _DIGIT.search(token):
            codes.append(token)
    return words, codes


def _bigrams(runs: Iterable[str]) -> Counter[str]:
    return Counter(chain.from_iterable(map(add, run, run[1:]) for run in runs))


def _stemmed(words: Counter[str], algorithm: str | None) -> Counter[str]:
    if algorithm is None or not words:
        return words
    stems: Counter[str] = Counter()
    for stem, count in zip(_stemmer(algorithm).stemWords(list(words)), words.values(), strict=True):
        stems[stem] += count
    return stems


_LOCAL = threading.local()


def _stemmer(algorithm: str) -> _Stemmer:
    """Return this thread's Snowball stemmer; they keep state while they work. PyStemmer is used where installed."""
    stemmers: dict[str, _Stemmer] = _LOCAL.__dict__
    if algorithm not in stemmers:
        import snowballstemmer  # type: ignore[import-untyped]

        stemmers[algorithm] = cast("_Stemmer", snowballstemmer.stemmer(algorithm))
    return stemmers[algorithm]


@lru_cache(maxsize=64)
def _stop_pattern(code: str) -> re.Pattern[str] | None:
    """Return what finds the function words of a language without spaces, longest first."""
    profile = profile_for(code)
    if profile.spaced or not profile.stop_words:
        return None
    return re.compile("|".join(map(re.escape, sorted(profile.stop_words, key=lambda word: (-len(word), word)))))
