"""A process that measures one system: `python -m evals.bench.peers.process JOB RESULT`.

JOB is a `Job` as JSON, RESULT the file for what was measured.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pydantic import TypeAdapter

from evals.bench.peers.contract import SystemSpec
from evals.bench.peers.measuring import Measured, measure
from evals.bench.peers.models import OURS, find_model
from evals.datasets.beir import BeirDataset, load_beir, sampled, sampled_corpus, splits

__all__ = ["Job", "command", "datasets", "read_result"]

QUIET = ("HF_HUB_OFFLINE=1", "TRANSFORMERS_OFFLINE=1", "HAYSTACK_TELEMETRY_ENABLED=False", "POSTHOG_DISABLED=1")


@dataclass(frozen=True, slots=True)
class Job:
    """One system over one BEIR folder; no splits stand for all of them, no `limit` and `documents` for everything."""

    name: str
    system: SystemSpec
    data: Path
    model: str = OURS
    splits: tuple[str, ...] = ()
    limit: int | None = None
    documents: int | None = None
    seed: int = 13


def command(job: Job, result: Path) -> list[str]:
    """Return the command that starts the process: nothing is fetched and nothing reported in it."""
    program = [sys.executable, "-m", __spec__.name, TypeAdapter(Job).dump_json(job).decode(), str(result)]
    return ["env", *QUIET, *program]


def read_result(result: Path) -> Measured:
    """Return what the process has measured."""
    return TypeAdapter(Measured).validate_json(result.read_bytes())


def datasets(job: Job) -> tuple[BeirDataset, ...]:
    """Return the splits, all over the same documents; those without a query left are left out."""
    loaded = [load_beir(job.data, split) for split in job.splits or splits(job.data)]
    parts = [sampled_corpus(each, documents=job.documents, seed=job.seed) for each in loaded]
    return tuple(sampled(each, limit=job.limit, seed=job.seed) for each in parts if each.queries)


def main(arguments: Sequence[str]) -> None:
    """Measure, in a folder that is removed afterwards."""
    job, result = TypeAdapter(Job).validate_json(arguments[0]), Path(arguments[1])
    model = find_model(job.model)
    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as folder:
        found = measure(lambda place: job.system.open(place, model), datasets(job), Path(folder))
    result.write_bytes(TypeAdapter(Measured).dump_json(found))


def _in_one_line(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Let what a peer complains of end in one line, which is what the table shows."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.write(f"{kind.__name__}: {textwrap.shorten(str(error), 240)}\n")


if __name__ == "__main__":
    sys.excepthook = _in_one_line
    main(sys.argv[1:])
