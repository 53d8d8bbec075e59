"""Speed of the bundled encoder beside all-MiniLM-L6-v2 on torch, in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import InvalidInput
from engine.ports import Embedder
from evals.bench.latency import Latency, ratio, time_side_by_side
from evals.commands.common import reported_errors
from evals.datasets.jsonl import read_records
from evals.sampling import shuffled

__all__ = ["EncoderSpeed", "bench_encoder", "encoder_command"]

SEED = 13
SLOW_PASSAGES = 200  # for MiniLM: more take minutes and tell no more


@dataclass(frozen=True, slots=True)
class EncoderSpeed:
    """Passages a second, and times of queries, of a model and of a reference that ran in turn with it."""

    passages_per_s: float
    reference_passages_per_s: float
    query: Latency
    reference_query: Latency

    def as_json(self) -> dict[str, object]:
        """Return the document that the command prints, with the ratios."""
        ratios = {
            "passages_ratio": round(self.passages_per_s / self.reference_passages_per_s, 1),
            "query_ratio": round(ratio(self.reference_query, self.query), 1),
        }
        return {**asdict(self), **ratios}


def bench_encoder(
    model: Embedder, reference: Embedder, *, passages: Sequence[str], queries: Sequence[str]
) -> EncoderSpeed:
    """Time both on the same texts; the reference embeds a seeded sample of the passages.

    InvalidInput without passages or queries.
    """
    if not passages or not queries:
        raise InvalidInput("There is nothing to embed.", remedy="Name files with texts.")
    few = shuffled(passages, seed=SEED, key=str)[:SLOW_PASSAGES]
    query, reference_query = time_side_by_side([model.embed_query, reference.embed_query], queries)
    return EncoderSpeed(
        passages_per_s=_per_second(model.embed_passages, passages),
        reference_passages_per_s=_per_second(reference.embed_passages, few),
        query=query,
        reference_query=reference_query,
    )


def _per_second(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    embed(texts[:1])
    begin = time.perf_counter()
    embed(texts)
    return len(texts) / (time.perf_counter() - begin)


def encoder_command(
    *,
    passages: Annotated[Path, typer.Option("--passages", help='JSON Lines with "text", such as a corpus.jsonl.')],
    queries: Annotated[Path, typer.Option("--queries", help='JSON Lines with "text".')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many queries, a seeded sample.")] = 200,
) -> None:
    """Time the bundled encoder beside all-MiniLM-L6-v2 on torch."""
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
    from engine.embedding.static import StaticEmbedder

    with reported_errors():
        texts = [row.text("text") for row in read_records(passages)]
        asked = shuffled({row.text("text") for row in read_records(queries)} - {""}, seed=SEED, key=str)[:limit]
        found = bench_encoder(StaticEmbedder(), SentenceTransformerEmbedder(""), passages=texts, queries=asked)
        typer.echo(json.dumps(found.as_json(), indent=2))
