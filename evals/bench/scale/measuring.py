"""One size measured: built by one process, read by another, so that the memory is that of reading alone."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import psutil

from engine.domain.search import SparseVector
from engine.ports import IndexedChunk, StoreQuery, Vector
from engine.stores.edge import EdgeStore
from evals.bench.latency import Latency, time_calls
from evals.bench.scale.corpus import Corpus
from evals.metrics import percentile

__all__ = ["Built", "Read", "SizeBench", "measure_size"]

NAME = "scale"
TOP = 10  # of which recall is taken
UPDATES = 20


@dataclass(frozen=True, slots=True)
class Built:
    """Writing: chunks a second without embedding, and seconds of compaction, with the searches that ran meanwhile."""

    chunks_per_s: float
    optimize_s: float
    search_meanwhile: Latency | None


@dataclass(frozen=True, slots=True)
class Read:
    """Reading, from a fresh process: `update_ms` is the median time from an edit to a search that finds it.

    `search` is of searches that come upon pages of the index that this process has not read yet, `search_again` of the
    same ones once more. `search_cpu_ms` is what one of the latter takes of a processor, which other programs on the
    machine do not lengthen as much.
    """

    reopen_s: float
    search: Latency
    search_again: Latency
    search_cpu_ms: float
    recall: float
    update_ms: float
    memory_mb: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class SizeBench:
    """A number of chunks and what came of it."""

    chunks: int
    built: Built
    read: Read


def measure_size(size: int, folder: Path, corpus: Corpus, *, queries: int, quantized: bool) -> SizeBench:
    """Build an index of `size` chunks in `folder` and measure it; recall is taken against all vectors, compared.

    What was built there before, for the same searches, is read only.
    """
    asked, made = corpus.queries(size, queries), folder / "built.json"
    if made.exists():
        built, right = _kept(made.read_text(encoding="utf-8"))
    else:
        with _process() as pool:
            built, right = pool.submit(_build, size, folder, corpus, asked, quantized).result()
        made.write_text(json.dumps([asdict(built), right]), encoding="utf-8")
    with _process() as pool:
        read = pool.submit(_read, folder, asked, right, quantized).result()
    return SizeBench(size, built, read)


def _kept(text: str) -> tuple[Built, list[list[str]]]:
    built, right = json.loads(text)
    meanwhile = built.pop("search_meanwhile")
    return Built(**built, search_meanwhile=Latency(**meanwhile) if meanwhile else None), right


@contextmanager
def _process() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def _build(
    size: int, folder: Path, corpus: Corpus, asked: Sequence[StoreQuery], quantized: bool
) -> tuple[Built, list[list[str]]]:
    """Return how writing went, and the ids that exact search finds for each query."""
    store = EdgeStore(folder, quantized=quantized)
    spent, best = 0.0, _Exact(asked)
    for portion in corpus.portions(size):
        if not store.exists(NAME):
            store.create(NAME, len(portion[0].dense))
        began = time.perf_counter()
        store.upsert(NAME, portion)
        spent += time.perf_counter() - began
        best.look_at([chunk.record.chunk_id for chunk in portion], np.stack([chunk.dense for chunk in portion]))
    began = time.perf_counter()
    meanwhile = _searching_while(lambda: store.optimize(NAME), store, asked)
    optimize_s = time.perf_counter() - began
    store.close()
    return Built(size / spent, optimize_s, meanwhile), best.ids()


def _read(folder: Path, asked: Sequence[StoreQuery], right: Sequence[Sequence[str]], quantized: bool) -> Read:
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    store = EdgeStore(folder, quantized=quantized)
    store.search(NAME, asked[0])
    reopen_s = time.perf_counter() - began
    search = time_calls(lambda query: store.search(NAME, query), asked, warm_up=10)
    cpu_began = time.process_time()
    again = time_calls(lambda query: store.search(NAME, query), asked, warm_up=0)
    search_cpu_ms = (time.process_time() - cpu_began) / len(asked) * 1000
    recall = float(np.mean([_recall(store, query, ids) for query, ids in zip(asked, right, strict=True)]))
    memory = psutil.Process().memory_info().rss - before
    update = percentile([_update(store, query, number) for number, query in enumerate(asked[:UPDATES])], 50)
    store.close()
    disk = sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
    return Read(reopen_s, search, again, search_cpu_ms, recall, update, memory / 2**20, disk / 2**20)


class _Exact:
    """The nearest chunks to each query over all vectors, portion by portion."""

    def __init__(self, asked: Sequence[StoreQuery]) -> None:
        self._queries = np.stack([query.dense for query in asked if query.dense is not None])
        self._scores: Vector = np.empty((len(asked), 0), dtype=np.float32)
        self._found = np.empty((len(asked), 0), dtype=object)

    def look_at(self, ids: Sequence[str], vectors: Vector) -> None:
        """Keep the best of what was found so far and these."""
        scores = np.hstack([self._scores, self._queries @ vectors.T])
        found = np.hstack([self._found, np.tile(np.array(ids, dtype=object), (len(self._queries), 1))])
        order = np.argsort(-scores, axis=1)[:, :TOP]
        self._scores, self._found = (np.take_along_axis(each, order, axis=1) for each in (scores, found))

    def ids(self) -> list[list[str]]:
        """Return the ids of the best, in order."""
        return [list(row) for row in self._found]


def _recall(store: EdgeStore, query: StoreQuery, right: Sequence[str]) -> float:
    found = store.search(NAME, StoreQuery(dense=query.dense, limit=TOP)).dense
    return len({hit.record.chunk_id for hit in found} & set(right)) / len(right)


def _update(store: EdgeStore, query: StoreQuery, number: int) -> float:
    """Give a chunk a term that none has; return the milliseconds until a search for that term finds it."""
    (hit, *_) = store.search(NAME, replace(query, limit=1)).dense
    term = SparseVector((2**31 + number,), (1.0,))
    chunk = IndexedChunk(hit.record, store.vectors(NAME, [hit.record.chunk_id])[hit.record.chunk_id], term)
    began = time.perf_counter()
    store.upsert(NAME, [chunk])
    while not store.search(NAME, StoreQuery(sparse=term, limit=1)).sparse:
        pass
    return (time.perf_counter() - began) * 1000


def _searching_while(work: Callable[[], None], store: EdgeStore, asked: Sequence[StoreQuery]) -> Latency | None:
    """Search in this thread a tenth of the time while another one works; return how long each search took, if any."""
    thread, times = threading.Thread(target=work), list[float]()
    thread.start()
    while thread.is_alive():
        began = time.perf_counter()
        store.search(NAME, asked[len(times) % len(asked)])
        took = time.perf_counter() - began
        times.append(took * 1000)
        thread.join(max(0.02, 9 * took))
    thread.join()
    return Latency.of(times) if times else None
