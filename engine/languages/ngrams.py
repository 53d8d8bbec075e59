"""Choose among languages that share a script, by function words and character n-grams.

The n-gram frequencies are those of langdetect (Shuyo 2010, Wikipedia abstracts). Their likelihoods are added up here
instead of sampled at random as langdetect does: the same text always gives the same language, short texts more often
the right one, in a fraction of the time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from engine.languages.folding import fold
from engine.languages.registry import profiles

__all__ = ["NgramModel", "ngram_model", "plain_words"]

SMOOTHING = 5e-6  # probability of an n-gram that a language's profile lacks
WORD_WEIGHT = 9.0  # log-odds of a function word or common word, in place of its n-grams
LONE_WEIGHT = 3.0
NAME_WEIGHT = 0.2  # of an unknown capitalised word's n-grams: it may be a name
PROFILE_PRIOR = 2.0  # log-odds of languages that have a profile
FIRST_PRIOR = 3.0  # log-odds on top for the first, the likeliest language
MAX_WORDS = 300
GRAM_SIZE = 3  # characters of the longest n-grams

_CODE = re.compile(r"\S*[0-9]\S*")
_WORD = re.compile(r"[^\W\d_]+")
_SPANISH_MARKS = re.compile("[¿¡]")


def plain_words(text: str) -> list[str]:
    """Return the words of `text` that are not part of codes or abbreviations in capitals."""
    words: list[str] = _WORD.findall(_CODE.sub(" ", text))
    shouting = all(word.isupper() for word in words)
    return [word for word in words if shouting or len(word) == 1 or not word.isupper()]


@lru_cache(maxsize=8)
def ngram_model(languages: tuple[str, ...]) -> NgramModel:
    """Return the model of these languages, built once (about 5 ms a language)."""
    return NgramModel(languages)


class NgramModel:
    """Naive Bayes over the words and the character 2- and 3-grams of some languages, the likeliest language first."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)
        table = _langdetect_table(self._languages)
        self._rows = {gram: row for row, gram in enumerate(table)}
        self._scores: NDArray[np.float32] = np.log(np.array(list(table.values()), np.float32) + SMOOTHING)
        known = [language in profiles() for language in self._languages]
        self._prior: NDArray[np.float32] = np.array(known, np.float32) * PROFILE_PRIOR
        self._prior[0] += FIRST_PRIOR
        self._words = self._word_scores()

    def best(self, text: str) -> str:
        """Return the likeliest language of `text`; the first one where nothing but names and codes is there."""
        score = self._prior.copy()
        told = False
        sure: list[int] = []
        doubtful: list[int] = []
        for word in plain_words(text)[:MAX_WORDS]:
            folded = fold(word)
            known = self._words.get(folded)
            if known is None:
                (doubtful if word[0].isupper() else sure).extend(self._grams(folded))
            else:
                told = True
                score += known
        if not told and not sure:
            return self._languages[0]
        score += self._scores[sure].sum(0) + NAME_WEIGHT * self._scores[doubtful].sum(0)
        if "es" in self._languages and _SPANISH_MARKS.search(text):
            score[self._languages.index("es")] += WORD_WEIGHT
        return self._languages[int(score.argmax())]

    def _grams(self, word: str) -> list[int]:
        padded = f" {word} "
        grams = (padded[at : at + size] for size in range(2, GRAM_SIZE + 1) for at in range(len(padded) - size + 1))
        return [self._rows[gram] for gram in grams if gram in self._rows]

    def _word_scores(self) -> dict[str, NDArray[np.float32]]:
        """Return what each known word tells: less where a single language has a profile, as the others share words."""
        scores: dict[str, NDArray[np.float32]] = {}
        known = [language for language in self._languages if language in profiles()]
        weight = WORD_WEIGHT if len(known) > 1 else LONE_WEIGHT
        for language in known:
            profile = profiles()[language]
            for word in profile.stop_words | profile.common_words:
                row = scores.setdefault(word, np.zeros(len(self._languages), np.float32))
                row[self._languages.index(language)] = weight
        return scores


def _langdetect_table(languages: Sequence[str]) -> dict[str, list[float]]:
    """Return each n-gram's probability in each language."""
    folder = files("langdetect") / "profiles"
    table: dict[str, list[float]] = {}
    for place, language in enumerate(languages):
        profile = json.loads((folder / language).read_text("utf-8"))
        for gram, count in profile["freq"].items():
            if 1 < (size := len(gram)) <= GRAM_SIZE:
                table.setdefault(gram, [0.0] * len(languages))[place] = count / profile["n_words"][size - 1]
    return table
