"""The sample knowledge base as benchmarks use it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from engine.service import Engine
from evals.bench.injection_plants import Host
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.datasets.rows import GoldenKind
from evals.sampling import shuffled
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import open_source

__all__ = ["fill_folder", "ingest_folder", "sample_hosts", "sample_questions"]


def ingest_folder(engine: Engine, knowledge_base: str, folder: Path = SAMPLE_FOLDER / "knowledge") -> IngestReport:
    """Ingest a folder, by default the sample knowledge base, and return the report."""
    source = open_source(folder)
    events = ingest(source.files, target=target_of(engine, knowledge_base), source=source.name, synchronize=True)
    return [event for event in events if isinstance(event, IngestReport)][-1]


def fill_folder(data_dir: Path, knowledge_base: str, folder: Path = SAMPLE_FOLDER / "knowledge") -> None:
    """Ingest a folder into a knowledge base of a data folder, for a service to open."""
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with closing(build_engine(load_settings(data_dir=data_dir))) as engine:
        ingest_folder(engine, knowledge_base, folder)


def sample_questions(limit: int, *, seed: int = 29) -> tuple[str, ...]:
    """Return the texts of answerable questions about the sample knowledge base, a seeded sample in four languages."""
    questions = [each for each in load_golden(SAMPLE_FOLDER / "golden") if each.kind is GoldenKind.ANSWERABLE]
    alone = [each.text for each in questions if not each.history]
    return shuffled(alone, seed=seed, key=str)[:limit]


def sample_hosts() -> tuple[Host, ...]:
    """Return the Markdown pages of the sample knowledge base, each with a question that it answers."""
    folder = SAMPLE_FOLDER / "knowledge"
    questions = [each for each in load_golden(SAMPLE_FOLDER / "golden") if not each.history]
    asked = {uri: each.text for each in questions for uri in each.documents if uri.endswith(".md")}
    return tuple(Host(uri, (folder / uri).read_text(encoding="utf-8"), text) for uri, text in sorted(asked.items()))
