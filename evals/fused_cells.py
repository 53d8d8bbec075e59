"""What each retriever found for a set of queries, as arrays that can be weighed again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.search import Passage, SearchResult
from engine.languages.kinship import Kinship, kinship
from evals.datasets.beir import Query
from evals.subject import Subject

__all__ = ["FEATURES", "Cell", "Found", "Weights", "collect"]

FEATURES = ("sparse", "context", "dense", "late")
DEPTH = 1000  # more than all retrievers together return, so that every candidate comes with all of its scores
CUT = 10

Weights = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one query, sorted by document.

    `features` has shape (candidates, 4); `starts` are the rows at which a document begins, `relevant` tells which of
    the documents are, `same` which candidates are in the query's own language.
    """

    features: NDArray[np.float64]
    starts: NDArray[np.int64]
    relevant: NDArray[np.bool_]
    same: NDArray[np.bool_]

    @classmethod
    def of(cls, result: SearchResult, query: Query) -> Found | None:
        """Return None where nothing was found."""
        passages = sorted(result.passages, key=lambda passage: passage.uri)
        if not passages:
            return None
        uris = [passage.uri for passage in passages]
        starts = [at for at, uri in enumerate(uris) if at == 0 or uris[at - 1] != uri]
        return cls(
            np.array([_scores(passage) for passage in passages]),
            np.array(starts),
            np.array([query.relevant.get(uris[at], 0) > 0 for at in starts]),
            np.array([passage.language == result.language for passage in passages]),
        )

    def reciprocal_rank(self, weights: Weights, same_language: float) -> float:
        """Return 1 / rank of the first relevant document among the best ten, ties against it; 0 if there is none."""
        totals = self.features @ np.array(weights)
        totals = totals + np.where(self.same, same_language - 1, 0.0) * np.abs(totals)
        best = np.maximum.reduceat(totals, self.starts)
        if not self.relevant.any():
            return 0.0
        rank = 1 + int((best[~self.relevant] >= best[self.relevant].max()).sum())
        return 1 / rank if rank <= CUT else 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Queries in one language over a corpus in one; None stands for a query for which nothing was found."""

    name: str
    kinship: Kinship
    found: Sequence[Found | None]

    def mrr(self, weights: Weights, same_language: float) -> float:
        """Return MRR@10 with the weights of sparse, context, dense and late scores."""
        ranks = [each.reciprocal_rank(weights, same_language) if each else 0.0 for each in self.found]
        return sum(ranks) / max(1, len(ranks))


def collect(subject: Subject, name: str, queries: Sequence[Query]) -> Cell:
    """Search for each query; the cell's kinship is the one that most queries have with what they find."""
    results = [(subject.candidates(query.text, limit=DEPTH), query) for query in queries if query.text.strip()]
    kinships = [kind for result, _ in results for kind in _kinships(result)]
    return Cell(name, max(Kinship, key=kinships.count), [Found.of(*each) for each in results])


def _kinships(result: SearchResult) -> Iterator[Kinship]:
    for passage in result.passages[:1]:
        yield kinship(result.language, passage.language)


def _scores(passage: Passage) -> list[float]:
    return [passage.scores.get(name, 0.0) for name in FEATURES]
