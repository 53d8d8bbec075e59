"""Speed and agreement of encoders beside sentence-transformers on torch, in one run."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.errors import InvalidInput
from engine.ports import Embedder
from evals.bench.latency import Latency, ratio, time_side_by_side
from evals.commands.common import reported_errors
from evals.datasets.jsonl import read_records
from evals.sampling import shuffled

__all__ = ["EncoderSpeed", "bench_encoders", "encoder_command", "encoders", "torch_threads"]

SEED = 13
ROUNDS = 3
COMPARED = 50  # passages whose vectors are compared
IN_A_ROW = 25  # queries of one encoder before the next one has its turn


@dataclass(frozen=True, slots=True)
class EncoderSpeed:
    """What an encoder does with the texts, the best of some rounds; ratios are to the reference's, over 1 is better.

    `cpu_ms` is the time that all processors together spend on a passage: where others use the machine as well it says
    more than `passages_per_s`. `query` is of queries one after the other, `query_after_others` of single ones, between
    which the other encoders use the processor's caches. `agreement` is the mean cosine with the reference's vectors, if
    those are as long.
    """

    passages_per_s: float
    cpu_ms: float
    query: Latency
    passages_ratio: float
    cpu_ratio: float
    query_ratio: float
    query_after_others: Latency
    query_after_others_ratio: float
    agreement: float | None


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds on the clock and of all processors."""

    wall: float
    cpu: float


def bench_encoders(
    models: Mapping[str, Embedder], *, passages: Sequence[str], queries: Sequence[str]
) -> dict[str, EncoderSpeed]:
    """Time encoders in turn on the same texts; the first one is the reference. InvalidInput without texts."""
    if not passages or not queries:
        raise InvalidInput("There is nothing to embed.", remedy="Name files with texts.")
    calls = [model.embed_query for model in models.values()]
    latencies = time_side_by_side(calls, queries, warm_up=3, in_a_row=IN_A_ROW)
    strange = time_side_by_side(calls, queries)
    rounds = [[_spent(model, passages) for model in models.values()] for _ in range(ROUNDS)]
    best = [_Spent(min(each.wall for each in of), min(each.cpu for each in of)) for of in zip(*rounds, strict=True)]
    vectors = [model.embed_passages(passages[:COMPARED]) for model in models.values()]
    return {
        name: EncoderSpeed(
            passages_per_s=len(passages) / spent.wall,
            cpu_ms=spent.cpu / len(passages) * 1000,
            query=query,
            passages_ratio=round(best[0].wall / spent.wall, 2),
            cpu_ratio=round(best[0].cpu / spent.cpu, 2),
            query_ratio=round(ratio(latencies[0], query), 2),
            query_after_others=after,
            query_after_others_ratio=round(ratio(strange[0], after), 2),
            agreement=float((vectors[0] * rows).sum(axis=1).mean()) if rows.shape == vectors[0].shape else None,
        )
        for name, query, after, spent, rows in zip(models, latencies, strange, best, vectors, strict=True)
    }


def _spent(model: Embedder, passages: Sequence[str]) -> _Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    np.asarray(model.embed_passages(passages))
    return _Spent(time.perf_counter() - wall, time.process_time() - cpu)


def encoders(model: str, root: Path, *, threads: int = 0) -> dict[str, Embedder]:
    """Return a transformer on torch, as it was prepared below `root`, and the static encoder; `model` is a setting.

    What was prepared has so many `threads`, 0: one a core; torch has those of the process.
    """
    from engine.embedding.minilm import bundled_folder
    from engine.embedding.onnx import OnnxEmbedder, OnnxOptions
    from engine.embedding.prepared import Precision, find_prepared
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
    from engine.embedding.static import StaticEmbedder
    from engine.models import transformer_name

    name = transformer_name(model)
    found: dict[str, Embedder] = {"sentence-transformers": SentenceTransformerEmbedder(name or str(bundled_folder()))}
    if not name:
        found["torch alone"] = SentenceTransformerEmbedder()
    for precision in Precision:
        if prepared := find_prepared(root, name, precision):
            found[f"onnx {precision}"] = OnnxEmbedder(prepared, options=OnnxOptions(threads))
    return found | {"static": StaticEmbedder()}


@contextmanager
def torch_threads(threads: int) -> Iterator[None]:
    """Give torch so many threads in the block, whatever OMP_NUM_THREADS says: all encoders are to have the same."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def encoder_command(
    *,
    passages: Annotated[Path, typer.Option("--passages", help='JSON Lines with "text", such as a corpus.jsonl.')],
    queries: Annotated[Path, typer.Option("--queries", help='JSON Lines with "text".')],
    model: Annotated[str, typer.Option("--model", help="Name or path for sentence-transformers.")] = "all-MiniLM-L6-v2",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many of each, a seeded sample.")] = 200,
    threads: Annotated[int, typer.Option("--threads", min=0, help="Threads for each encoder; 0: one a core.")] = 0,
) -> None:
    """Time a transformer on torch and as `knowdesk encoder prepare` made it, and the bundled encoder."""
    from engine.settings import load_settings

    each = threads or os.cpu_count() or 1
    with reported_errors(), torch_threads(each):
        texts, asked = (
            shuffled({row.text("text") for row in read_records(path)} - {""}, seed=SEED, key=str)[:limit]
            for path in (passages, queries)
        )
        found = bench_encoders(
            encoders(model, load_settings().encoder_dir, threads=each), passages=texts, queries=asked
        )
        typer.echo(json.dumps({name: asdict(speed) for name, speed in found.items()}, indent=2))
