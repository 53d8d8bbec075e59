"""How much of a question stands in a text, each term weighed by how rare it is among the texts compared.

The rarity is measured on the candidates themselves (the sentences or passages at hand), not on the collection: a
term that all of them share, such as the product's name, does not tell them apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.languages.terms import TermKind, Terms, content_terms, terms

__all__ = ["QuestionTerms", "TermSet", "term_set"]

TermSet = frozenset[tuple[TermKind, str]]
CHAR_SHARE = 0.35  # of the coverage, where the question has CJK characters; the rest goes to bigrams and words
WORD_WEIGHT = 3.0  # of a word, such as an error code, against one bigram


def term_set(text: str, language: str) -> TermSet:
    """Return the distinct (kind, term) pairs of a text."""
    return _pairs(terms(text, language))


def _pairs(counted: Terms) -> TermSet:
    return frozenset((kind, term) for kind in TermKind for term in counted.of(kind))


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The content terms of a question with their rarity among the compared texts."""

    characters: Mapping[tuple[TermKind, str], float]
    others: Mapping[tuple[TermKind, str], float]

    @classmethod
    def among(cls, question: str, language: str, texts: Sequence[TermSet]) -> QuestionTerms:
        """Weigh the question's terms by ln(1 + (N - n + 0.5) / (n + 0.5)) over `texts`; absent terms weigh most."""
        wanted = _pairs(content_terms(question, language))
        found = Counter(term for text in texts for term in wanted & text)
        total = len(texts)
        weights = {
            term: math.log(1 + (total - found[term] + 0.5) / (found[term] + 0.5))
            * (WORD_WEIGHT if term[0] is TermKind.WORD else 1.0)
            for term in sorted(wanted)
        }
        characters = {term: weight for term, weight in weights.items() if term[0] is TermKind.CHARACTER}
        return cls(characters, {term: weight for term, weight in weights.items() if term not in characters})

    def __len__(self) -> int:
        return len(self.characters) + len(self.others)

    def coverage(self, text: TermSet) -> float:
        """Return the weighed share of the question's terms that stand in `text`, 0..1."""
        if not self.characters or not self.others:
            return _share(self.characters or self.others, text)
        return CHAR_SHARE * _share(self.characters, text) + (1 - CHAR_SHARE) * _share(self.others, text)


def _share(weights: Mapping[tuple[TermKind, str], float], text: TermSet) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in text) / total if total else 0.0
