"""Choose the pieces that get a row: whole words by how often they are met, then parts of words and characters.

How often: word frequencies of seven languages (wordfreq; data CC BY-SA 4.0), and counts in the aligned segments.
Words are taken as `folding` writes them, so that spellings and scripts share a piece.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log2
from typing import TYPE_CHECKING, Final

from engine.encoder.dictionaries import EXTRA
from engine.encoder.folding import folded
from engine.optional import require

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["UNKNOWN", "Piece", "build_tokenizer", "choose_pieces", "word_frequencies"]

UNKNOWN: Final = "[UNK]"
_LANGUAGES: Final = {"en": 1.0, "de": 0.8, "es": 0.8, "fr": 0.5, "zh": 1.0, "ja": 0.8, "ko": 0.5}
_DOMAIN: Final = 0.3  # weight of the segments' own frequencies beside those of general language
_CHARACTERS: Final = 9_000
_PARTS: Final = 6_000
_LONGEST: Final = 24
_RARE: Final = 3e-8  # words below this share are not candidates
_HEADWORD: Final = 1e-9
_RUN: Final = 100  # characters; a longer run without a space is cut there, which bounds the time for any text
_SEEN: Final = 5  # how often a word must stand in the segments to count as a word of the domain


@dataclass(frozen=True, slots=True)
class Piece:
    """What the tokenizer may cut a text into, and its share of running text."""

    text: str
    frequency: float


def build_tokenizer(pieces: Sequence[str], charsmap: bytes) -> Tokenizer:
    """Return a tokenizer that folds, splits at spaces and takes the longest piece that fits, from left to right.

    Pieces carry no mark for the start of a word, so that a word stands for itself inside compounds and in scripts
    without spaces too. Greedy matching was as good as a unigram model here and loads in half the time.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    vocabulary = {piece: number for number, piece in enumerate((UNKNOWN, *pieces))}
    tokenizer = Tokenizer(
        models.WordPiece(vocabulary, unk_token=UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=_RUN)
    )
    tokenizer.normalizer = normalizers.Precompiled(charsmap)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.FixedLength(length=_RUN)]
    )
    return tokenizer


def word_frequencies() -> dict[str, float]:
    """Return the largest share that a folded word has in any of the languages."""
    wordfreq = require("wordfreq", EXTRA)
    found: dict[str, float] = {}
    for language, weight in _LANGUAGES.items():
        for word, share in wordfreq.get_frequency_dict(language, "best").items():
            for part in folded(word).split():
                found[part] = max(found.get(part, 0.0), share * weight)
    return found


def choose_pieces(
    size: int,
    texts: Iterable[str],
    headwords: Iterable[str],
    meanings: Iterable[str],
    *,
    frequencies: Mapping[str, float],
    charsmap: bytes,
) -> list[Piece]:
    """Return `size` pieces, most frequent first; the same for the same material.

    `texts` are texts of the domain, `headwords` the words of the dictionaries, `meanings` their English side.
    """
    shares = _candidates(frequencies, headwords, meanings)
    unspaced = _count_spaced(shares, texts)
    _count_unspaced(shares, unspaced, charsmap)
    ranked = sorted((word for word in shares if len(word) > 1), key=lambda word: (-_worth(word, shares[word]), word))
    whole = ranked[: size - _CHARACTERS - _PARTS]
    characters = _characters(shares)
    parts = _parts(ranked[len(whole) :], shares, frozenset(whole), size - len(whole) - len(characters))
    logging.getLogger(__name__).info("pieces: %d words, %d parts, %d characters", len(whole), len(parts), _CHARACTERS)
    pieces = [Piece(word, shares[word]) for word in whole] + [Piece(word, _RARE) for word in (*parts, *characters)]
    return sorted(pieces, key=lambda piece: (-piece.frequency, piece.text))


def _candidates(
    frequencies: Mapping[str, float], headwords: Iterable[str], meanings: Iterable[str]
) -> dict[str, float]:
    shares = {
        word: share
        for word, share in frequencies.items()
        if len(word) <= _LONGEST and (share > _RARE or _cjk(word)) and not any(map(str.isdigit, word))
    }
    shares |= {f"{number:0{width}}": 1e-4 for width in (1, 2) for number in range(100)}
    shares |= {str(year): 2e-5 for year in range(1800, 2031)}
    for word in map(folded, headwords):
        if 1 < len(word) <= 8 and _cjk(word) and " " not in word:
            shares[word] = max(shares.get(word, 0.0), _HEADWORD)
    for word, count in Counter(chain.from_iterable(folded(meaning).split() for meaning in meanings)).items():
        if word in shares and count > 1:
            shares[word] = max(shares[word], 2e-7 * log2(1 + count))
    return shares


def _count_spaced(shares: dict[str, float], texts: Iterable[str]) -> list[str]:
    """Add the words of scripts with spaces; return the runs of scripts without."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(folded(text).split())
    unspaced = [run for run in counts if _cjk(run)]
    total = counts.total()
    for word, count in counts.items():
        if count > _SEEN and len(word) <= _LONGEST and not _cjk(word) and not word.isdigit():
            shares[word] = max(shares.get(word, 0.0), _DOMAIN * count / total)
    return unspaced


def _count_unspaced(shares: dict[str, float], runs: Sequence[str], charsmap: bytes) -> None:
    """Cut runs without spaces by all candidates and add what the words found there weigh."""
    words = [word for word in shares if _cjk(word)]
    known = tuple(dict.fromkeys(chain(words, sorted({character for run in runs for character in run}))))
    tokenizer = build_tokenizer(known, charsmap)
    counts: Counter[int] = Counter()
    for begin in range(0, len(runs), 10_000):
        for encoding in tokenizer.encode_batch_fast(list(runs[begin : begin + 10_000]), add_special_tokens=False):
            counts.update(encoding.ids)
    total = counts.total()
    for number, count in counts.items():
        word = known[number - 1] if number else ""
        if count >= _SEEN and len(word) > 1 and _cjk(word):
            shares[word] = max(shares.get(word, 0.0), _DOMAIN * count / total)


def _worth(word: str, share: float) -> float:
    """Rank katakana words higher: they are loans, each with one meaning, and rare one by one."""
    return share * 3 + 5e-8 if len(word) > 2 and "\u30a0" < word[0] <= "\u30ff" else share


def _characters(shares: Mapping[str, float]) -> list[str]:
    weights: Counter[str] = Counter()
    for word, share in shares.items():
        for character in set(word):
            weights[character] += share  # type: ignore[assignment]
    return sorted(weights, key=lambda character: (-weights[character], character))[:_CHARACTERS]


def _parts(words: Sequence[str], shares: Mapping[str, float], taken: frozenset[str], size: int) -> list[str]:
    """Return the stretches of two to five letters that the words left out are made of."""
    weights: dict[str, float] = {}
    for word in words:
        if not _cjk(word):
            for part, edge in _stretches(word):
                weights[part] = weights.get(part, 0.0) + shares[word] * len(part) * (1.5 if edge else 1.0)
    ranked = sorted(weights, key=lambda part: (-weights[part], part))
    return [part for part in ranked if part not in taken][:size]


def _stretches(word: str) -> Iterator[tuple[str, bool]]:
    for length in range(2, 6):
        for start in range(len(word) - length + 1):
            yield word[start : start + length], start == 0 or start + length == len(word)


def _cjk(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u30ff" or "\u3400" <= word[0] <= "\u9fff"
