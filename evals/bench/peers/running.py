"""Measure systems one after the other, each in a process of its own."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import EngineError
from evals.bench.peers.measuring import Measured
from evals.bench.peers.models import OURS
from evals.bench.peers.process import Job, command, read_result
from evals.bench.watching import watch

__all__ = ["Outcome", "bench_peers"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a system over a data set: figures and the most memory of its process in MB, or a failure."""

    job: Job
    measured: Measured | None = None
    peak_mb: float = 0.0
    failure: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the entry of the document that `--json` prints, with the command that measures it again."""
        found = self.measured
        figures = {**asdict(found), "documents_per_s": found.documents_per_s, "peak_mb": self.peak_mb} if found else {}
        return {
            "system": self.job.name,
            "about": self.job.system.about,
            "data": self.job.data.name,
            "model": self.job.model,
            "command": _again(self.job),
            **({"failure": self.failure} if self.failure else figures),
        }


def bench_peers(jobs: Sequence[Job], *, time_limit_s: float, say: Callable[[str], None]) -> Iterator[Outcome]:
    """Measure one after the other; a system that fails, or takes longer than `time_limit_s`, is a value."""
    for number, job in enumerate(jobs, 1):
        say(f"{job.name} on {job.data.name} ({number} of {len(jobs)})")
        yield _outcome(job, time_limit_s)


def _outcome(job: Job, time_limit_s: float) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        result = Path(scratch) / "result.json"
        try:
            watched = watch(command(job, result), limit_s=time_limit_s)
            return Outcome(job, read_result(result), watched.together_mb)
        except EngineError as error:
            return Outcome(job, failure=str(error))


def _again(job: Job) -> str:
    words = ["knowdesk", "bench", "peers", "--only", job.name, "--data", str(job.data)]
    options: dict[str, object] = {"--limit": job.limit, "--documents": job.documents, "--seed": job.seed}
    words += [part for split in job.splits for part in ("--split", split)]
    words += [part for name, value in options.items() if value is not None for part in (name, str(value))]
    return shlex.join([*words, *([] if job.model == OURS else ["--model", job.model])])
