"""Measure one system over one corpus: rankings, times, what becomes of a changed document."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import InvalidInput
from evals.bench.latency import Latency
from evals.bench.peers.contract import Peer
from evals.datasets.beir import BeirDataset, Query
from evals.metrics import Scored, best_scores
from evals.report import Stopwatch, mean
from evals.retrieval import METRICS
from evals.subject import Entry

__all__ = ["QUALITIES", "Building", "Change", "Measured", "Quality", "measure"]

QUALITIES = ("mrr@10", "ndcg@10", "recall@10")
LIMIT = 50  # passages that every system is asked for: several may be of one document
WARM_UP = 3  # queries that do not count
CHANGE = "The Maruvale relay code is K7-4921."


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the queries of one split."""

    split: str
    queries: int
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Building:
    """Seconds to open the empty system, libraries and models included, to fill it, and until all is on disk, too."""

    load_s: float
    index_s: float
    saved_s: float


@dataclass(frozen=True, slots=True)
class Change:
    """Milliseconds to replace one document, and until that is on disk, too.

    `found`: the document is among the first ten for the words that were added.
    """

    update_ms: float
    saved_ms: float
    found: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """One system over one corpus of so many documents.

    `reopen_s` is from the closed system to the first result in the same process: models are loaded again.
    """

    documents: int
    building: Building
    reopen_s: float
    query: Latency
    change: Change
    quality: tuple[Quality, ...]

    @property
    def documents_per_s(self) -> float:
        """How many documents are indexed and saved in a second."""
        return self.documents / self.building.saved_s


def measure(open_peer: Callable[[Path], Peer], splits: Sequence[BeirDataset], folder: Path) -> Measured:
    """Index the corpus that the splits share, close and open it again, search for every query, change a document.

    A query without text, which some systems refuse, finds nothing and takes no time.
    """
    queries = [query for split in splits for query in split.queries]
    asked = [query for query in queries if query.text.strip()]
    if not asked:
        raise InvalidInput("There is nothing to search for.", remedy="Take more documents or other splits.")
    corpus = splits[0].corpus
    building = _build(open_peer, corpus, folder)
    watch = Stopwatch()
    with closing(open_peer(folder)) as peer:
        peer.search(asked[0].text, limit=LIMIT)
        reopen_s = watch.seconds
        for query in asked[:WARM_UP]:
            peer.search(query.text, limit=LIMIT)
        found = [_timed(peer, query) if query.text.strip() else None for query in queries]
        change = _change(peer, corpus[0])
    times = Latency.of([each[1] for each in found if each])
    quality = _quality(splits, [each[0] if each else () for each in found])
    return Measured(len(corpus), building, reopen_s, times, change, quality)


def _build(open_peer: Callable[[Path], Peer], corpus: Sequence[Entry], folder: Path) -> Building:
    watch = Stopwatch()
    with closing(open_peer(folder)) as peer:
        load_s, watch = watch.seconds, Stopwatch()
        peer.index(corpus)
        index_s = watch.seconds
        peer.save()
        return Building(load_s, index_s, watch.seconds)


def _change(peer: Peer, document: Entry) -> Change:
    watch = Stopwatch()
    peer.update(replace(document, text=f"{document.text}\n\n{CHANGE}"))
    update_s = watch.seconds
    peer.save()
    saved_s = watch.seconds
    first = list(best_scores(peer.search(CHANGE, limit=LIMIT)))[:10]
    return Change(update_s * 1000, saved_s * 1000, document.uri in first)


def _timed(peer: Peer, query: Query) -> tuple[Scored, float]:
    began = time.perf_counter()
    found = peer.search(query.text, limit=LIMIT)
    return tuple(best_scores(found).items()), (time.perf_counter() - began) * 1000


def _quality(splits: Sequence[BeirDataset], rankings: Sequence[Scored]) -> tuple[Quality, ...]:
    rest = iter(rankings)
    tables = []
    for split in splits:
        pairs = [(next(rest), query.relevant) for query in split.queries]
        means = {name: mean(METRICS[name](found, relevant) for found, relevant in pairs) for name in QUALITIES}
        tables.append(Quality(split.split, len(pairs), means))
    return tuple(tables)
