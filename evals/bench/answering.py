"""How long a whole answer takes, stage by stage, beside the embedding of its question by all-MiniLM-L6-v2 on torch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from engine.answering.request import AnswerRequest
from engine.errors import InvalidInput
from engine.ports import Embedder
from engine.service import Engine
from evals.bench.latency import Latency, ratio, time_side_by_side
from evals.commands.common import reported_errors
from evals.datasets.jsonl import read_records
from evals.metrics import percentile
from evals.sampling import shuffled

__all__ = ["AnswerBench", "answer_command", "bench_answer"]

SEED = 13
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class AnswerBench:
    """Latencies of answers and of a reference that embedded the same questions in turn, over `chunks`.

    `stages_ms` are medians by stage; what belongs to none, such as remembering the turns, is the rest.
    """

    chunks: int
    answer: Latency
    stages_ms: Mapping[str, float]
    embedding: Latency

    def as_json(self) -> dict[str, object]:
        """Return the document that the command prints; ratios are to the median of the reference."""
        stages = {name: round(value / self.embedding.p50_ms, 3) for name, value in self.stages_ms.items()}
        return {**asdict(self), "median_ratio": round(ratio(self.answer, self.embedding), 3), "stage_ratios": stages}


def bench_answer(engine: Engine, knowledge_base: str, questions: Sequence[str], *, reference: Embedder) -> AnswerBench:
    """Time answers, each in a conversation of its own, and the reference in turn with them.

    NotFound for an unknown knowledge base, InvalidInput for an empty one or without questions.
    """
    if not engine.open_index(knowledge_base):
        raise InvalidInput(f"Knowledge base {knowledge_base!r} is empty.", remedy="Ingest something first.")
    stages: list[Mapping[str, float]] = []

    def answer(question: str) -> None:
        stages.append(engine.answer(knowledge_base, AnswerRequest(question)).timings_ms)

    answering, embedding = time_side_by_side([answer, reference.embed_query], questions, warm_up=WARM_UP)
    timed = stages[min(WARM_UP, len(questions)) :]
    names = dict.fromkeys(name for each in timed for name in each)
    medians = {name: round(percentile([each.get(name, 0.0) for each in timed], 50), 3) for name in names}
    return AnswerBench(engine.parts.store.count(knowledge_base), answering, medians, embedding)


def answer_command(
    *,
    kb: Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")] = "bench",
    queries: Annotated[Path, typer.Option("--queries", help='JSON Lines with "text".')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many questions, a seeded sample.")] = 300,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the index and the database; default: .knowdesk.")
    ] = None,
) -> None:
    """Time whole answers, stage by stage, beside all-MiniLM-L6-v2 on torch embedding the same questions."""
    from engine.assembly import build_engine
    from engine.embedding.sentence_transformer import SentenceTransformerEmbedder
    from engine.settings import load_settings

    with reported_errors():
        asked = shuffled({row.text("text") for row in read_records(queries)} - {""}, seed=SEED, key=str)[:limit]
        engine = build_engine(load_settings(data_dir=data_dir))
        try:
            found = bench_answer(engine, kb, asked, reference=SentenceTransformerEmbedder(""))
        finally:
            engine.close()
        typer.echo(json.dumps(found.as_json(), indent=2))
