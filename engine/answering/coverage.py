"""How much of a question stands in a text, each term weighed by how rare it is among the texts compared.

The rarity is measured on the candidates themselves (the sentences or passages at hand), not on the collection: a
term that all of them share, such as the product's name, does not tell them apart.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.languages.folding import fold
from engine.languages.terms import TermKind, Terms, content_terms, folded_words, terms

__all__ = ["QuestionTerms", "Term", "TermLookup", "TermSet", "content_set", "rarity", "term_lookup", "term_set"]

Term = tuple[TermKind, str]
TermSet = frozenset[Term]
CHAR_SHARE = 0.35  # of the coverage, where the question has CJK characters; the rest goes to bigrams and words
WORD_WEIGHT = 3.0  # of a word, such as an error code, against one bigram


def rarity(holding: int, total: int) -> float:
    """Return BM25's inverse document frequency of a term that `holding` of `total` texts have.

    ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it.
    """
    return math.log1p((total - holding + 0.5) / (holding + 0.5))


def term_set(text: str, language: str) -> TermSet:
    """Return the distinct (kind, term) pairs of a text."""
    return _pairs(terms(text, language))


@lru_cache(maxsize=256)
def content_set(text: str, language: str) -> TermSet:
    """Return the same without the function words of `language`, unless nothing else is there."""
    return _pairs(content_terms(text, language))


def _pairs(counted: Terms) -> TermSet:
    return frozenset((kind, term) for kind in TermKind for term in counted.of(kind))


@dataclass(frozen=True, slots=True)
class TermLookup:
    """Tells which terms stand in a text without listing them all, which takes ten times as long.

    `folded`: the text; `words`: its stems and codes, a space before and after each.
    """

    folded: str
    words: str

    def __contains__(self, term: object) -> bool:
        if not isinstance(term, tuple):
            return False
        kind, text = term
        return f" {text} " in self.words if kind is TermKind.WORD else text in self.folded


@lru_cache(maxsize=4096)
def term_lookup(text: str, language: str) -> TermLookup:
    """Return where terms can be looked up: what is in `term_set(text, language)` is in it."""
    folded = fold(text)
    return TermLookup(folded, f" {' '.join(folded_words(folded, language))} ")


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The content terms of a question with their rarity among the compared texts."""

    characters: Mapping[Term, float]
    others: Mapping[Term, float]

    @classmethod
    def among(cls, question: str, language: str, texts: Sequence[Container[Term]]) -> QuestionTerms:
        """Weigh the question's terms by their rarity among `texts`; absent terms weigh most."""
        return cls.weighed(content_set(question, language), texts)

    @classmethod
    def weighed(cls, wanted: Iterable[Term], texts: Sequence[Container[Term]]) -> QuestionTerms:
        """Weigh the terms `wanted` as `among` does."""
        wanted = sorted(wanted)
        found = {term: sum(term in text for text in texts) for term in wanted}
        total = len(texts)
        weights = {
            term: rarity(found[term], total) * (WORD_WEIGHT if term[0] is TermKind.WORD else 1.0) for term in wanted
        }
        characters = {term: weight for term, weight in weights.items() if term[0] is TermKind.CHARACTER}
        return cls(characters, {term: weight for term, weight in weights.items() if term not in characters})

    def __len__(self) -> int:
        return len(self.characters) + len(self.others)

    @property
    def weights(self) -> Mapping[Term, float]:
        """The weight of each term."""
        return {**self.characters, **self.others}

    def coverage(self, text: Container[Term]) -> float:
        """Return the weighed share of the question's terms that stand in `text`, 0..1."""
        if not self.characters or not self.others:
            return _share(self.characters or self.others, text)
        return CHAR_SHARE * _share(self.characters, text) + (1 - CHAR_SHARE) * _share(self.others, text)


def _share(weights: Mapping[Term, float], text: Container[Term]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in text) / total if total else 0.0
