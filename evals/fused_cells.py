"""What each retriever found for a set of queries, as arrays that can be weighed again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from engine.domain.search import Passage, SearchResult
from engine.languages.kinship import Kinship, kinship
from evals.datasets.beir import Query
from evals.subject import Subject

__all__ = ["Cell", "Found", "Weights", "collect"]

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
            _features(passages),
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


def _features(passages: Sequence[Passage]) -> NDArray[np.float64]:
    """Return what `engine.retrieval.fusion` weighs; a document stands for a context, which most of them are."""
    best: dict[str, float] = {}
    for passage in passages:
        best[passage.uri] = max(best.get(passage.uri, 0.0), passage.scores.get("sparse", 0.0))
    lowest = min((each.scores["context"] for each in passages if "context" in each.scores), default=inf)
    return np.array([_row(passage, best[passage.uri], lowest) for passage in passages])


def _row(passage: Passage, best: float, lowest: float) -> tuple[float, ...]:
    sparse = passage.scores.get("sparse", 0.0)
    context = passage.scores.get("context", min(sparse, lowest))
    return sparse - best, context, passage.scores.get("dense", 0.0), passage.scores.get("late", 0.0)
