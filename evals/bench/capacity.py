"""What a chunk and a question cost on this machine, and what so many chunks need by that."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.settings import Settings
from evals.bench.latency import time_calls
from evals.bench.sample import sample_questions
from evals.datasets.golden import SAMPLE_FOLDER
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile

__all__ = ["Costs", "Need", "generated_pages", "measure_costs", "need_of"]

KNOWLEDGE_BASE: Final = "capacity"
SENTENCES: Final = 40  # of a page
GIGABYTE: Final = 1e9
_SENTENCE: Final = re.compile(r"[^.!?。！？\n]{12,}[.!?。！？]")


@dataclass(frozen=True, slots=True)
class Costs:
    """Per-unit costs, measured with so many chunks; bytes and rates are those of one process on this machine."""

    chunks: int
    chunks_of_a_document: float
    index_bytes: float
    database_bytes: float
    memory_bytes: float
    process_bytes: float
    vector_bytes: int
    ingested_per_second: float
    search_ms: float
    answer_ms: float


@dataclass(frozen=True, slots=True)
class Need:
    """What so many chunks need, by multiplication: no figure here was measured at that size."""

    chunks: int
    documents: int
    index_gb: float
    database_gb: float
    memory_gb: float
    int8_memory_gb: float
    ingestion_core_hours: float
    machines: int


def generated_pages(chunks: int, *, seed: int = 17) -> Iterator[MemoryFile]:
    """Yield pages of sentences drawn from the sample knowledge base, as many as make about so many chunks."""
    dice = random.Random(seed)  # noqa: S311 - seeded draws, no secrets
    files = sorted((SAMPLE_FOLDER / "knowledge").rglob("*.md"))
    pool = [found.strip() for file in files for found in _SENTENCE.findall(file.read_text(encoding="utf-8"))]
    for number in range(max(1, chunks // 4)):
        drawn = dice.sample(pool, SENTENCES)
        parts = "\n\n".join(f"## Part {at}\n\n{' '.join(drawn[at::4])}" for at in range(4))
        yield MemoryFile(f"{number:06}.md", f"# Page {number}\n\n{parts}\n".encode())


def measure_costs(settings: Settings, *, chunks: int, questions: int) -> Costs:
    """Ingest generated pages into the empty data folder, open it anew, and ask it questions about the sample."""
    report = _ingested(settings, chunks)
    asked, bare = sample_questions(questions), settings.model_copy(update={"data_dir": settings.data_dir / "bare"})
    empty = _resident_with(bare, asked[:1])
    index = _bytes(settings.data_dir / "index") - _bytes(bare.data_dir / "index")  # what every index has is no cost
    database = _bytes(settings.data_dir, "knowdesk.db*") - _bytes(bare.data_dir, "knowdesk.db*")
    engine = build_engine(settings)
    try:
        searched = time_calls(lambda text: engine.search(KNOWLEDGE_BASE, text), asked)
        answered = time_calls(lambda text: engine.answer(KNOWLEDGE_BASE, AnswerRequest(text)), asked)
        resident, dimension = psutil.Process().memory_info().rss, engine.parts.embedder.info.dimension
    finally:
        engine.close()
    return Costs(
        chunks=report.chunks,
        chunks_of_a_document=report.chunks / report.added,
        index_bytes=max(0, index) / report.chunks,
        database_bytes=max(0, database) / report.chunks,
        memory_bytes=max(0, resident - empty) / report.chunks,
        process_bytes=empty,
        vector_bytes=4 * dimension,
        ingested_per_second=report.chunks / report.seconds,
        search_ms=searched.p50_ms,
        answer_ms=answered.p50_ms,
    )


def need_of(costs: Costs, chunks: int, *, machine_gb: float = 64.0, replicas: int = 1) -> Need:
    """Return what so many chunks need; of a machine's memory three quarters are for the index.

    With int8 quantisation a quarter of each vector stays in memory, the whole of it on disk.
    """
    memory = chunks * max(costs.memory_bytes, costs.vector_bytes) / GIGABYTE
    int8 = memory - chunks * costs.vector_bytes * 0.75 / GIGABYTE
    return Need(
        chunks=chunks,
        documents=round(chunks / costs.chunks_of_a_document),
        index_gb=chunks * costs.index_bytes / GIGABYTE,
        database_gb=chunks * costs.database_bytes / GIGABYTE,
        memory_gb=memory,
        int8_memory_gb=int8,
        ingestion_core_hours=chunks / costs.ingested_per_second / 3600,
        machines=max(1, math.ceil(replicas * memory / (0.75 * machine_gb))),
    )


def _ingested(settings: Settings, chunks: int) -> IngestReport:
    engine = build_engine(settings)
    try:
        engine.parts.embedder.embed_query("warm up")
        target, pages = target_of(engine, KNOWLEDGE_BASE), list(generated_pages(chunks))
        (report,) = (each for each in ingest(pages, target=target, source="bench") if isinstance(each, IngestReport))
        engine.parts.store.optimize(KNOWLEDGE_BASE)
        return report
    finally:
        engine.close()


def _resident_with(settings: Settings, asked: tuple[str, ...]) -> int:
    """Return the memory of this process after it has answered from next to nothing."""
    _ingested(settings, 1)
    engine = build_engine(settings)
    try:
        for text in asked:
            engine.answer(KNOWLEDGE_BASE, AnswerRequest(text))
        return psutil.Process().memory_info().rss
    finally:
        engine.close()


def _bytes(folder: Path, pattern: str = "**/*") -> int:
    """Return what files take up on the disk, which for sparse ones is less than their size."""
    return sum(512 * path.stat().st_blocks for path in folder.glob(pattern) if path.is_file())
