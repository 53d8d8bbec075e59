"""Evaluate retrieval: index a corpus by the production path, search for every query, compare with the judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from engine.domain.search import Passage
from engine.errors import InvalidInput
from evals.datasets.beir import BeirDataset, Query
from evals.index import fill, index_folder
from evals.metrics import Scored, average_precision, best_scores, ndcg, percentile, recall, reciprocal_rank
from evals.report import Stopwatch, Summary, Track, mean, quiet
from evals.subject import Indexed, Subject, System

__all__ = ["METRICS", "RetrievalReport", "SearchOutcome", "run_retrieval", "search_all"]

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
EMBEDDINGS_TIMED = 200  # enough for a median; embedding every query a second time would double a long run


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
    system: System, dataset: BeirDataset, *, cache: Path | None = None, track: Track = quiet
) -> RetrievalReport:
    """Index the corpus (or take it from `cache`), search for every query and return the report."""
    watch = Stopwatch()
    with index_folder(system, dataset, cache) as folder, system.open(folder) as subject:
        indexing = track(fill(subject, dataset, folder), total=len(dataset.corpus), description="Indexing")
        failures = tuple(document for document in indexing if document.failure)
        searching = track(search_all(subject, dataset.queries), total=len(dataset.queries), description="Searching")
        outcomes = tuple(searching)
    metrics = {name: mean(each.metrics[name] for each in outcomes) for name in METRICS}
    settings = {**system.settings, "sample_seed": dataset.sample_seed}
    summary = Summary(dataset.name, dataset.split, len(outcomes), metrics, settings, watch.seconds)
    return RetrievalReport(summary, _timings(outcomes), outcomes, failures)


def search_all(subject: Subject, queries: Sequence[Query]) -> Iterator[SearchOutcome]:
    """Search for each query and score what comes back; the first ones are embedded alone too, to be timed."""
    for number, query in enumerate(queries):
        embed_ms = _embed_ms(subject, query.text) if number < EMBEDDINGS_TIMED else None
        found, search_ms = _ranking(subject, query.text)
        metrics = {name: metric(found, query.relevant) for name, metric in METRICS.items()}
        yield SearchOutcome(query.id, found, metrics, search_ms, embed_ms)


def _ranking(subject: Subject, query: str) -> tuple[tuple[tuple[str, float], ...], float]:
    """Return documents with their best passage's score, and the milliseconds that the first search took.

    As long as too few documents are among them, more passages are asked for.
    """
    watch = Stopwatch()
    passages = _passages(subject, query, PASSAGES)
    first_ms = watch.seconds * 1000
    limit = PASSAGES
    while len({passage.uri for passage in passages}) < DOCUMENTS and limit <= len(passages) and limit < MOST_PASSAGES:
        limit *= 2
        passages = _passages(subject, query, limit)
    return tuple(best_scores((passage.uri, passage.score) for passage in passages).items()), first_ms


def _passages(subject: Subject, query: str, limit: int) -> tuple[Passage, ...]:
    """Search; a query that the system refuses, such as an empty one, finds nothing."""
    try:
        return subject.search(query, limit=limit).passages
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
