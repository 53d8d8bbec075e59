"""How long a search takes, beside the embedding of its query alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from engine.errors import InvalidInput
from engine.service import Engine
from evals.bench.latency import Latency, ratio, time_side_by_side

__all__ = ["SearchBench", "bench_search"]


@dataclass(frozen=True, slots=True)
class SearchBench:
    """Latencies of search and of embedding the same queries, taken in turn, over an index of `chunks`."""

    chunks: int
    search: Latency
    embedding: Latency

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "chunks": self.chunks,
            "search": asdict(self.search),
            "query_embedding": asdict(self.embedding),
            "median_ratio": round(ratio(self.search, self.embedding), 3),
        }


def bench_search(engine: Engine, knowledge_base: str, queries: Sequence[str], *, limit: int = 10) -> SearchBench:
    """Time searches for `limit` passages and the embedding of the same queries, in turn; NotFound if it is missing."""
    if not engine.open_index(knowledge_base):
        raise InvalidInput(f"Knowledge base {knowledge_base!r} is empty.", remedy="Ingest something first.")
    searching, embedding = time_side_by_side(
        [
            lambda query: engine.search(knowledge_base, query, limit=limit),
            engine.parts.embedder.embed_query,
        ],
        queries,
        warm_up=5,
    )
    return SearchBench(engine.parts.store.count(knowledge_base), searching, embedding)
