"""Ingest files that were broken on purpose; each must end as ingested, with warnings, or as a named failure."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from random import Random

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from evals.bench.fuzz.mutations import Sample, mutated
from evals.bench.fuzz.worker import FAILURE, UNFORESEEN, examined
from ingestion.parsing import Limits
from ingestion.target import Parse
from ingestion.workers.pool import WorkerPool

__all__ = ["Bounds", "FuzzReport", "Outcome", "Result", "case", "fuzz"]


class Outcome(StrEnum):
    """How a file ended; the last four are defects."""

    INGESTED = "ingested"
    WARNINGS = "ingested with warnings"
    FAILURE = "named failure"
    BROKEN = "exception or broken result"
    CRASH = "crash"
    HANG = "hang"
    MEMORY = "memory over limit"


_GOOD = {Outcome.INGESTED, Outcome.WARNINGS, Outcome.FAILURE}
# How the worker pool names its own failures; a test has each of them happen.
_BY_POOL = (
    ("made the parser crash", Outcome.CRASH),
    ("took longer than", Outcome.HANG),
    ("of memory to parse", Outcome.MEMORY),
    ("more memory to parse", Outcome.MEMORY),
    ("when memory runs out", Outcome.MEMORY),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: seconds and MB of resident memory; how many are parsed at once."""

    seconds: float = 60.0
    memory_mb: float = 1024.0
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Result:
    """One file: its number and name, how it ended and why, in how many seconds.

    `unforeseen` says where an exception came from that no parser had thought of, though it ended as a named failure.
    """

    number: int
    name: str
    outcome: Outcome
    reason: str = ""
    unforeseen: str = ""
    seconds: float = 0.0

    @property
    def is_defect(self) -> bool:
        """Whether it ended otherwise than promised."""
        return self.outcome not in _GOOD


@dataclass(frozen=True, slots=True)
class FuzzReport:
    """A run; any of its files can be made again from `seed` and its number."""

    seed: int
    results: tuple[Result, ...]
    seconds: float
    samples: tuple[str, ...]
    without_sample: tuple[str, ...] = field(default=())

    @property
    def defects(self) -> tuple[Result, ...]:
        """The files that ended otherwise than promised."""
        return tuple(result for result in self.results if result.is_defect)

    def counts(self, extension: str = "") -> Counter[Outcome]:
        """Return how many files ended how, of all or of one extension."""
        return Counter(each.outcome for each in self.results if each.name.endswith(extension))

    def unforeseen(self) -> dict[str, list[int]]:
        """Return the numbers of the files by where the exception came from, most frequent first."""
        found: dict[str, list[int]] = {}
        for result in self.results:
            if result.unforeseen:
                found.setdefault(result.unforeseen, []).append(result.number)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        counts = self.counts()
        slowest = sorted(self.results, key=lambda result: -result.seconds)[:3]
        return {
            "seed": self.seed,
            "files": len(self.results),
            "outcomes": {outcome.value: counts[outcome] for outcome in Outcome},
            "defects": [{"number": each.number, "name": each.name, "reason": each.reason} for each in self.defects],
            "unforeseen": {where: numbers[:5] for where, numbers in self.unforeseen().items()},
            "slowest": [
                {"number": each.number, "name": each.name, "seconds": round(each.seconds, 2)} for each in slowest
            ],
            "seconds": round(self.seconds, 1),
            "extensions": sorted({PurePosixPath(name).suffix for name in self.samples}),
            "without_sample": list(self.without_sample),
        }


def case(samples: Sequence[Sample], *, seed: int, number: int) -> Sample:
    """Return the broken file of that number."""
    return mutated(samples, Random(f"{seed}:{number}"))  # noqa: S311


def fuzz(
    samples: Sequence[Sample],
    *,
    seed: int,
    numbers: Sequence[int],
    bounds: Bounds | None = None,
    parse: Parse = examined,
) -> Iterator[Result]:
    """Break files and ingest each in a worker process; yield the results in the order of the numbers."""
    bounds = bounds or Bounds()
    pool = WorkerPool(
        bounds.processes,
        time_limit_s=bounds.seconds,
        seconds_per_mb=0.0,
        memory_limit_mb=bounds.memory_mb,
        tasks_per_worker=500,
        parse=parse,
    )
    with pool, ThreadPoolExecutor(bounds.processes) as threads:
        yield from threads.map(
            lambda number: _result(case(samples, seed=seed, number=number), number, pool.parse), numbers
        )


def _result(file: Sample, number: int, parse: Callable[..., ParsedDocument]) -> Result:
    began = time.perf_counter()
    outcome, reason, unforeseen = Outcome.INGESTED, "", ""
    try:
        parsed = parse(file.data, name=file.name, limits=Limits())
    except InvalidInput as error:
        reason = error.message
        outcome = next((kind for words, kind in _BY_POOL if words in reason), Outcome.BROKEN)
    else:
        unforeseen = parsed.metadata.get(UNFORESEEN, "")
        if FAILURE in parsed.metadata:
            outcome, reason = Outcome.FAILURE, parsed.metadata[FAILURE]
        elif parsed.warnings:
            outcome = Outcome.WARNINGS
    return Result(number, file.name, outcome, reason, unforeseen, time.perf_counter() - began)
