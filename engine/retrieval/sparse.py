"""BM25 term weights as sparse vectors; the store adds the inverse document frequencies.

Formula: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), eq. 3.15. Two things
differ from the textbook, both measured on passages and support pages in seven languages (DECISIONS.md, "BM25 terms"):
lengths are divided by a fixed pivot instead of the collection's mean, so that a passage's vector depends on the
passage alone and sentences are not punished for varying in length; and CJK characters, CJK character bigrams and
words are separate kinds of terms in one vector, which beats each kind alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.search import SparseVector
from engine.languages.terms import TermKind, content_terms, terms

__all__ = ["KIND_WEIGHTS", "Bm25Encoder"]

K1 = 1.2
B = 0.75
PIVOT_LENGTH = 250.0  # CJK characters plus words
KIND_WEIGHTS: Mapping[TermKind, float] = {TermKind.CHARACTER: 1 / 3, TermKind.BIGRAM: 1 / 3, TermKind.WORD: 1.0}


@dataclass(frozen=True, slots=True)
class Bm25Encoder:
    """Encodes passages and queries so that their inner product, with IDF, is BM25."""

    @property
    def signature(self) -> str:
        """Name of the term scheme; vectors of different schemes cannot be compared."""
        return "bm25/char+bigram+word/1"

    def passage(self, text: str, language: str) -> SparseVector:
        """Return saturated, length-normalised term frequencies of a passage."""
        counted = terms(text, language)
        norm = K1 * (1 - B + B * counted.length / PIVOT_LENGTH)
        return _vector(
            {term: count * (K1 + 1) / (count + norm) for kind in TermKind for term, count in counted.ids(kind).items()}
        )

    def query(self, text: str, language: str) -> SparseVector:
        """Return the query's term weights, function words left out unless nothing else is there."""
        counted = content_terms(text, language)
        return _vector(
            {term: KIND_WEIGHTS[kind] * count for kind in TermKind for term, count in counted.ids(kind).items()}
        )


def _vector(weights: Mapping[int, float]) -> SparseVector:
    indices = sorted(weights)
    return SparseVector(tuple(indices), tuple(weights[index] for index in indices))
