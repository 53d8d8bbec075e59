"""Evaluate retrieval: index a corpus by the production path, search for every query, compare with the judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from engine.domain.search import Passage, SearchResult
from engine.errors import InvalidInput
from evals.datasets.beir import BeirDataset, Query
from evals.index import fill, index_folder
from evals.metrics import Scored, average_precision, best_scores, ndcg, percentile, recall, reciprocal_rank
from evals.report import Stopwatch, Summary, Track, mean, quiet
from evals.subject import Desk, Indexed, Subject, System

__all__ = ["METRICS", "RetrievalReport", "SearchOutcome", "ranking", "run_retrieval", "search_all"]

METRICS: Mapping[str, Callable[[Scored, Mapping[str, float]], float]] = {
    "mrr@10": partial(reciprocal_rank, k=10),
    "ndcg@10": partial(ndcg, k=10),
    "recall@1": partial(recall, k=1),
    "recall@10": partial(recall, k=10),
    "map": average_precision,
}
DOCUMENTS = 10  # how many documents a ranking must have for the metrics at 10
PASSAGES = 50  # how many passages are asked for at first: several may be of one document
MOST_PASSAGES = 800
PARTS = {"encoder": "dense", "bm25": "sparse", "late_interaction": "late"}
CANDIDATES = 250  # more than both retrievers return together, so that the best of each part are among them
EMBEDDINGS_TIMED = 200  # enough for a median; embedding every query a second time would double a long run


class Search(Protocol):
    """A way to search."""

    def __call__(self, query: str, *, limit: int) -> SearchResult:
        """Return at most `limit` passages."""
        ...


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """One query's ranking (documents with their best passage's score), its metrics and times in milliseconds."""

    query_id: str
    found: tuple[tuple[str, float], ...]
    metrics: Mapping[str, float]
    search_ms: float
    embed_ms: float | None = None


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """A retrieval run: means over queries, times, each query's outcome, and documents that could not be indexed."""

    summary: Summary
    timings: Mapping[str, float]
    outcomes: tuple[SearchOutcome, ...]
    failures: tuple[Indexed, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return self.summary.as_json()

    def details(self) -> dict[str, object]:
        """Return the same with times and every query's outcome."""
        return {**self.as_json(), "timings": dict(self.timings), "results": [asdict(each) for each in self.outcomes]}


def run_retrieval(
    system: System, dataset: BeirDataset, *, cache: Path | None = None, parts: bool = False, track: Track = quiet
) -> RetrievalReport:
    """Index the corpus (or take it from `cache`), search for every query and return the report.

    With `parts`, each query is searched once more, and MRR@10 is told for what each part of the search alone reaches.
    """
    watch = Stopwatch()
    with index_folder(system, dataset, cache) as folder, system.open(folder) as subject:
        indexing = track(fill(subject, dataset, folder), total=len(dataset.corpus), description="Indexing")
        failures = tuple(document for document in indexing if document.failure)
        searching = track(
            search_all(subject, dataset.queries, parts=parts), total=len(dataset.queries), description="Searching"
        )
        outcomes = tuple(searching)
    names = [*METRICS, *(_alone(part) for part in PARTS if parts)]
    metrics = {name: mean(each.metrics[name] for each in outcomes) for name in names}
    settings = {**system.settings, **dataset.sample}
    summary = Summary(dataset.name, dataset.split, len(outcomes), metrics, settings, watch.seconds)
    return RetrievalReport(summary, _timings(outcomes), outcomes, failures)


def search_all(subject: Subject, queries: Sequence[Query], *, parts: bool = False) -> Iterator[SearchOutcome]:
    """Search for each query and score what comes back; the first ones are embedded alone too, to be timed."""
    for number, query in enumerate(queries):
        embed_ms = _embed_ms(subject, query.text) if number < EMBEDDINGS_TIMED else None
        found, search_ms = ranking(subject, query.text)
        metrics = {name: metric(found, query.relevant) for name, metric in METRICS.items()}
        metrics |= _alone_metrics(subject, query) if parts else {}
        yield SearchOutcome(query.id, found, metrics, search_ms, embed_ms)


def _alone(part: str) -> str:
    return f"{part}_alone_mrr@10"


def _alone_metrics(subject: Subject, query: Query) -> dict[str, float]:
    """Return the metric for the order that each part's scores alone put the candidates in."""
    passages = _passages(subject.candidates, query.text, CANDIDATES)
    metrics = {}
    for part, name in PARTS.items():
        scores = ((passage.uri, passage.scores[name]) for passage in passages if name in passage.scores)
        metrics[_alone(part)] = reciprocal_rank(tuple(best_scores(scores).items()), query.relevant, k=10)
    return metrics


def ranking(subject: Desk, query: str) -> tuple[tuple[tuple[str, float], ...], float]:
    """Return documents with their best passage's score, and the milliseconds that the first search took.

    As long as too few documents are among them, more passages are asked for. Nothing is marked in them.
    """
    watch = Stopwatch()
    passages = _passages(subject.candidates, query, PASSAGES)
    first_ms = watch.seconds * 1000
    limit = PASSAGES
    while len({passage.uri for passage in passages}) < DOCUMENTS and limit <= len(passages) and limit < MOST_PASSAGES:
        limit *= 2
        passages = _passages(subject.candidates, query, limit)
    return tuple(best_scores((passage.uri, passage.score) for passage in passages).items()), first_ms


def _passages(search: Search, query: str, limit: int) -> tuple[Passage, ...]:
    """Search; a query that the system refuses, such as an empty one, finds nothing."""
    try:
        return search(query, limit=limit).passages
    except InvalidInput:
        return ()


def _embed_ms(subject: Subject, query: str) -> float:
    watch = Stopwatch()
    subject.embed_query(query)
    return watch.seconds * 1000


def _timings(outcomes: Sequence[SearchOutcome]) -> dict[str, float]:
    searches = [each.search_ms for each in outcomes]
    embeddings = [each.embed_ms for each in outcomes if each.embed_ms is not None]
    return {
        "search_p50_ms": percentile(searches, 50),
        "search_p95_ms": percentile(searches, 95),
        "embed_p50_ms": percentile(embeddings, 50),
    }
