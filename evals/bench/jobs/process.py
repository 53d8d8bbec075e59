"""A process that runs one job over a folder to its end, or goes on with the one that it finds unfinished.

`python -m evals.bench.jobs.process DATA_DIR FOLDER LOG`; each text that the embedder embedded is a line of the log.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.assembly import build_embedder, build_engine
from engine.errors import BackendFailed
from engine.ports import Embedder, EmbedderInfo, Vector
from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.jobs.service import JobService
from ingestion.jobs.values import PLACE, Job, JobSpec, SourceSpec

__all__ = ["BEGUN", "KNOWLEDGE_BASE", "command", "opened"]

KNOWLEDGE_BASE = "bench"
BEGUN = "-"  # a line of the log for each process that began


@dataclass(frozen=True, slots=True)
class LoggingEmbedder:
    """An embedder that writes down what it has embedded."""

    inner: Embedder
    log: Path

    @property
    def info(self) -> EmbedderInfo:
        """That of the embedder within."""
        return self.inner.info

    def embed_query(self, text: str) -> Vector:
        """Embed a query."""
        return self.inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed texts, then log each as a line of hexadecimal digits, all in one write."""
        rows = self.inner.embed_passages(texts)
        keys = (hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest() for text in texts)
        _append(self.log, "".join(f"{key}\n" for key in keys))
        return rows


def command(data_dir: Path, folder: Path, log: Path) -> list[str]:
    """Return the command that starts the process."""
    return [sys.executable, "-m", __spec__.name, str(data_dir), str(folder), str(log)]


@contextmanager
def opened(settings: Settings, embedder: Embedder) -> Iterator[tuple[Engine, JobService]]:
    """Give an engine with the jobs over its folder, begun."""
    engine = build_engine(settings, embedder=embedder)
    try:
        with JobService(engine, settings) as jobs:
            jobs.start()
            yield engine, jobs
    finally:
        engine.close()


def main(arguments: Sequence[str]) -> None:
    """Run the job that there is, or begin it; BackendFailed if it does not come to a good end."""
    data_dir, folder, log = map(Path, arguments)
    _append(log, f"{BEGUN}\n")
    settings = load_settings(data_dir=data_dir)
    with opened(settings, LoggingEmbedder(build_embedder(settings), log)) as (_, jobs):
        job = _only(jobs, folder)
        for _ in jobs.follow(job.id):
            pass
        if (ended := jobs.job(job.id)).error:
            raise ended.error
        if ended.failures:
            raise BackendFailed(f"{len(ended.failures)} files failed.", remedy=ended.failures[0].error)


def _only(jobs: JobService, folder: Path) -> Job:
    found = jobs.jobs()
    return found[0] if found else jobs.submit(JobSpec(KNOWLEDGE_BASE, (SourceSpec(PLACE, str(folder)),)))


def _append(log: Path, text: str) -> None:
    with log.open("a", encoding="ascii") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
