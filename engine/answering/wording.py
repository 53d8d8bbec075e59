"""How closely a text follows a question's very wording: words as written, function words included, and their order.

Stems and content words find a passage; the sentence that the question was really about also repeats its turns of phrase
in one place, and one that merely shares the topic has its words scattered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.answering.coverage import rarity
from engine.languages.folding import fold

__all__ = ["Wording"]

UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
PIECE = re.compile(f"[{UNSPACED}]|[^\\W{UNSPACED}]+")
WORD = re.compile(f"[^\\W{UNSPACED}]+")
LEAST_WINDOW = 8  # pieces


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words, single characters where there are no spaces, in order, and the rarity of each."""

    pieces: tuple[str, ...]
    weights: Mapping[str, float]

    @classmethod
    def among(cls, question: str, folded: Sequence[str]) -> Wording:
        """Weigh the words by their rarity among the folded texts."""
        pieces = tuple(PIECE.findall(fold(question)))
        words = [set(WORD.findall(text)) for text in folded]
        weights = {
            piece: rarity(
                sum(piece in (found if WORD.match(piece) else text) for found, text in zip(words, folded, strict=True)),
                len(folded),
            )
            for piece in dict.fromkeys(pieces)
        }
        return cls(pieces, weights)

    def closeness(self, text: str) -> float:
        """Return the weighed share of the words that stand together in one stretch of the text, 0..1.

        The stretch is at most twice as long as the question.
        """
        within, inside, best, weight = max(LEAST_WINDOW, 2 * len(self.pieces)), Counter[str](), 0.0, 0.0
        places = [(at, piece) for at, piece in enumerate(PIECE.findall(fold(text))) if piece in self.weights]
        first = 0
        for at, piece in places:
            weight += 0.0 if inside[piece] else self.weights[piece]
            inside[piece] += 1
            while places[first][0] < at - within:
                gone = places[first][1]
                inside[gone] -= 1
                weight -= 0.0 if inside[gone] else self.weights[gone]
                first += 1
            best = max(best, weight)
        total = sum(self.weights.values())
        return best / total if total else 0.0

    def pairs(self, text: str) -> float:
        """Return the share of the question's pairs of neighbouring words that are neighbours in the text, 0..1."""
        found = set(pairwise(PIECE.findall(fold(text))))
        asked = list(pairwise(self.pieces))
        return sum(pair in found for pair in asked) / len(asked) if asked else 0.0
