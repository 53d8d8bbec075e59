"""Kill the process of a job at random moments, start it again each time, and compare what comes out."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.assembly import build_engine
from engine.errors import BackendFailed
from engine.ports import IndexedChunk
from engine.settings import load_settings
from engine.stores.snapshot import read_snapshot
from evals.bench.jobs.corpus import write_corpus
from evals.bench.jobs.process import BEGUN, KNOWLEDGE_BASE, command

__all__ = ["CrashBench", "CrashOptions", "Round", "bench_crash"]

_SPREAD = 2.0  # the longest time at work before a kill, in shares of the whole work
_EARLY = 0.2  # of the kills come before the process is at work
_TICK_S = 0.005
_LONGEST_S = 1800.0
_SAME = 1e-4  # vectors of one text differ by less: sums of floats depend on what is embedded along with it


@dataclass(frozen=True, slots=True)
class CrashOptions:
    """How many files, how many kills, and what decides on their moments."""

    files: int = 500
    kills: int = 30
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One ingest that was killed `kills` times and came to its end.

    `amid` counts the kills of processes that had embedded something by then. `embedded` counts texts as often as they
    were embedded; `again` those of them that had been embedded before, `most_again` the most of these after one kill.
    `differences` are chunks that are not as they should.
    """

    kills: int
    amid: int
    embedded: int
    again: int
    most_again: int
    differences: int


@dataclass(frozen=True, slots=True)
class CrashBench:
    """An ingest without a kill, and rounds of ingests with kills; `moments_s` are counted from the process's start.

    `first_s` is when the ingest without a kill had embedded its first texts.
    """

    options: CrashOptions
    chunks: int
    seconds: float
    first_s: float
    embedded: int
    rounds: tuple[Round, ...]
    moments_s: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "files": self.options.files,
            "chunks": self.chunks,
            "uninterrupted": {
                "seconds": round(self.seconds, 1),
                "first_embedded_after_s": round(self.first_s, 1),
                "embedded": self.embedded,
            },
            "kills": sum(each.kills for each in self.rounds),
            "kill_moments_s": [round(moment, 2) for moment in self.moments_s],
            "rounds": [
                {
                    "kills": each.kills,
                    "kills_amid_embedding": each.amid,
                    "embedded": each.embedded,
                    "embedded_again": each.again,
                    "most_embedded_again_after_one_kill": each.most_again,
                    "differences": each.differences,
                }
                for each in self.rounds
            ],
            "differences": sum(each.differences for each in self.rounds),
        }


def bench_crash(scratch: Path, options: CrashOptions, *, say: Callable[[str], None]) -> CrashBench:
    """Ingest seeded files without a kill, then with kills until there were enough; a round ends with its ingest."""
    folder = scratch / "files"
    write_corpus(folder, files=options.files, seed=options.seed)
    say("ingesting without a kill")
    began = time.perf_counter()
    process = _start(scratch / "whole", folder)
    _at_work(process, scratch / "whole", before=0)
    first = time.perf_counter() - began
    _run(process)
    seconds = time.perf_counter() - began
    longest = _SPREAD * (seconds - first) / options.kills
    expected, embedded = _chunks(scratch / "whole"), _log(scratch / "whole")
    chance = random.Random(options.seed)  # noqa: S311 (no secret)
    moments: list[float] = []
    rounds: list[Round] = []
    while len(moments) < options.kills:
        data = scratch / f"round{len(rounds)}"
        killed = list(_killed(data, folder, _moments(chance, first, longest, options.kills - len(moments))))
        moments += killed
        say(f"{len(moments)} kills; coming to the end")
        _run(_start(data, folder))
        rounds.append(_round(len(killed), _log(data), expected, _chunks(data)))
    return CrashBench(options, len(expected), seconds, first, sum(map(len, embedded)), tuple(rounds), tuple(moments))


def _moments(chance: random.Random, first: float, longest: float, most: int) -> Iterator[tuple[bool, float]]:
    """Yield when to kill: whether only once the process is at work, and how many seconds after that, or its start."""
    for _ in range(most):
        early = chance.random() < _EARLY
        yield not early, chance.uniform(0, first if early else longest)


def _killed(data: Path, folder: Path, moments: Iterable[tuple[bool, float]]) -> Iterator[float]:
    """Start the process and kill it, again and again, until it comes to its end before its moment."""
    for waits, delay in moments:
        began = time.perf_counter()
        process = _start(data, folder)
        if waits:
            _at_work(process, data, before=_size(data))
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            yield time.perf_counter() - began
        else:
            return


def _at_work(process: subprocess.Popen[bytes], data: Path, *, before: int) -> None:
    """Wait until the process has embedded something, or has ended."""
    while process.poll() is None and _size(data) <= before + len(BEGUN) + 1:
        time.sleep(_TICK_S)


def _size(data: Path) -> int:
    log = data / "log"
    return log.stat().st_size if log.exists() else 0


def _start(data: Path, folder: Path) -> subprocess.Popen[bytes]:
    data.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(command(data / "data", folder, data / "log"), stderr=subprocess.PIPE)  # noqa: S603


def _run(process: subprocess.Popen[bytes]) -> None:
    _, complaint = process.communicate(timeout=_LONGEST_S)
    if process.returncode:
        last = complaint.decode(errors="replace").strip().splitlines()[-1:]
        raise BackendFailed("The process of the job failed.", remedy="".join(last))


def _log(data: Path) -> list[list[str]]:
    """Return what each process embedded, one after the other."""
    runs: list[list[str]] = []
    for line in (data / "log").read_text(encoding="ascii").split():
        if line == BEGUN:
            runs.append([])
        else:
            runs[-1].append(line)
    return runs


def _round(
    kills: int, runs: list[list[str]], expected: dict[str, IndexedChunk], found: dict[str, IndexedChunk]
) -> Round:
    before: Counter[str] = Counter()
    again: list[int] = []
    for run in runs:
        again.append(sum(key in before for key in run))
        before.update(run)
    differences = len(expected.keys() ^ found.keys()) + sum(
        not _same(found[key], chunk) for key, chunk in expected.items() if key in found
    )
    return Round(kills, sum(map(bool, runs[:-1])), before.total(), sum(again), max(again), differences)


def _chunks(data: Path) -> dict[str, IndexedChunk]:
    """Return the whole index by chunk id; BackendFailed if the repository does not agree with it."""
    engine = build_engine(load_settings(data_dir=data / "data"))
    try:
        snapshot = data / f"snapshot{time.monotonic_ns()}"
        engine.parts.store.snapshot(KNOWLEDGE_BASE, snapshot)
        found = {chunk.record.chunk_id: chunk for chunk in read_snapshot(snapshot)[1]}
        documents = engine.parts.knowledge.documents(KNOWLEDGE_BASE)
    finally:
        engine.close()
    if sum(document.chunk_count for document in documents) != len(found):
        raise BackendFailed("Index and repository do not agree about the chunks.", remedy="")
    return found


def _same(one: IndexedChunk, other: IndexedChunk) -> bool:
    alike = (one.record, one.sparse, one.context) == (other.record, other.sparse, other.context)
    return alike and bool(np.allclose(one.dense, other.dense, atol=_SAME))
