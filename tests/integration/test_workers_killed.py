"""Three processes do jobs over one database, one of them killed every few seconds: each job ends, its effects once."""

from __future__ import annotations

import random
import time
from pathlib import Path

from engine.assembly import build_engine
from ingestion.jobs.service import JobService
from ingestion.jobs.values import PLACE, Job, JobSpec, JobState, SourceSpec
from ingestion.sources import MemoryFile
from tests.fakes.embedding import HashEmbedder
from tests.integration.conftest import Desk

BASES, JOBS_OF_EACH, FILES = 3, 2, 45
KILLED_EVERY_S, LONGEST_S = 3.0, 55.0


def _write(folder: Path, kind: str) -> Path:
    """Write files that differ from those of other kinds."""
    folder.mkdir(parents=True)
    for number in range(FILES):
        text = "\n\n".join(f"## Part {part}\n\nThe {kind} of model {number} has {part} screws." for part in range(6))
        (folder / f"{number:03}.md").write_text(f"# {kind} {number}\n\n{text}\n", encoding="utf-8")
    return folder


def _kill_some(desk: Desk, jobs: JobService, submitted: list[Job]) -> int:
    """Kill a process at work every few seconds, and start another, until all jobs end; return how many."""
    dice, killed, began, last = random.Random(11), 0, time.monotonic(), time.monotonic()
    for number in range(3):
        desk.start(f"worker {number}")
    while any(jobs.job(job.id).is_active for job in submitted):
        assert time.monotonic() - began < LONGEST_S, [jobs.job(job.id).state for job in submitted]
        at_work = [name for name in desk.workers if desk.is_at_work(name)]
        if at_work and time.monotonic() - last > KILLED_EVERY_S:
            desk.kill(dice.choice(at_work))
            desk.start(f"worker {3 + killed}")
            killed, last = killed + 1, time.monotonic()
        time.sleep(0.2)
    return killed


def test_all_jobs_end_and_their_effects_are_there_once(shared: Desk) -> None:
    settings = shared.settings("api", job_concurrency=0)
    engine = build_engine(settings, embedder=HashEmbedder())
    with JobService(engine, settings) as jobs:
        submitted = [
            jobs.submit(JobSpec(f"kb {base}", (SourceSpec(PLACE, str(_write(shared.folder / f"{base}{kind}", kind))),)))
            for kind in ("pump", "valve")
            for base in range(BASES)
        ]
        submitted.append(jobs.submit(JobSpec("kb 0", ()), [MemoryFile("sent.md", b"# Sent\n\nIt was sent along.\n")]))
        assert _kill_some(shared, jobs, submitted) >= 2
        ended = [jobs.job(job.id) for job in submitted]
        assert {job.state for job in ended} == {JobState.DONE}
        assert [job.progress.files for job in ended] == [FILES] * BASES * JOBS_OF_EACH + [1]
        for base in range(BASES):
            name = f"kb {base}"
            found = engine.parts.knowledge.documents(name)
            assert len(found) == JOBS_OF_EACH * FILES + (base == 0)
            assert {document.version for document in found} == {1}
            assert engine.parts.store.count(name) == sum(document.chunk_count for document in found)
    engine.close()
