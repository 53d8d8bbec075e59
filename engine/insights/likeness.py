"""How alike two statements are, their values and the names of what they are about left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from engine.guard.promises.cues import matters
from engine.insights.statements import Statement
from engine.insights.subjects import Subject, nameless
from engine.languages.folding import fold
from engine.ports import Embedder, Reranker, Vector

__all__ = ["Likened", "Likeness", "Said"]

FEWEST = 2  # content words or bigrams
MATTERS = 3  # of a statement, the most telling ones
SAME_MATTER = 0.2
"""What the same matter of the service, or none, adds to and takes from the likeness; set by hand."""


@dataclass(frozen=True)
class Said:
    """A statement, and what it is about; `place` is its number among all that are compared."""

    statement: Statement
    subject: Subject
    place: int

    @cached_property
    def text(self) -> str:
        """What is said of the subject."""
        return nameless(self.statement.bare, self.subject)

    @property
    def is_telling(self) -> bool:
        """Whether it says something without what it stands under."""
        return bool(self.text) and len(self.statement.words) >= FEWEST

    @cached_property
    def matters(self) -> frozenset[str]:
        """The matters of the service that it speaks of."""
        return frozenset(islice(matters(fold(self.statement.text)), MATTERS))


@dataclass(frozen=True, slots=True)
class Likened:
    """How alike two statements are: about -1 to 3. `matter`: 1 for the same, -1 for another, 0 if unknown."""

    likeness: float
    matter: int


class Likeness:
    """Compares statements: cosine of their vectors, and, where there is a reranker, its relevance both ways."""

    def __init__(self, said: Sequence[Said], embedder: Embedder, reranker: Reranker | None) -> None:
        self.vectors: Vector = np.asarray(embedder.embed_passages([each.text for each in said]))
        self._reranker = reranker

    def of(self, one: Said, others: Sequence[Said]) -> Mapping[int, Likened]:
        """Return how alike a statement is to each of the others, by their places."""
        cosines = self.vectors[[other.place for other in others]] @ self.vectors[one.place]
        near = self._relevance(one, others)
        return {
            other.place: Likened(float(cosine) + 2 * float(found) + SAME_MATTER * matter, matter)
            for other, cosine, found in zip(others, cosines, near, strict=True)
            for matter in (_same_matter(one, other),)
        }

    def _relevance(self, one: Said, others: Sequence[Said]) -> Vector:
        if self._reranker is None:
            return np.asarray(self.vectors[[other.place for other in others]] @ self.vectors[one.place])
        return np.asarray(self._reranker.relevance(one.text, [other.text for other in others]))


def _same_matter(one: Said, other: Said) -> int:
    if one.matters & other.matters:
        return 1
    return -1 if one.matters and other.matters else 0
