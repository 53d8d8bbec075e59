"""What becomes of files, and of processes, when memory runs out."""

from __future__ import annotations

import psutil
import pytest

from engine.errors import InvalidInput
from ingestion.parsing import Limits
from ingestion.workers.pool import WorkerPool
from ingestion.workers.process import OutOfMemory
from tests.unit.ingestion.workers.hooks import weird

LIMITS = Limits()
MB = 1_000_000


def _ask(pool: WorkerPool, name: str, megabytes: int) -> str:
    """Have a file parsed that takes memory; return the id of the process that did it."""
    return pool.parse(str(megabytes * MB).encode(), name=name, limits=LIMITS).title


def test_a_file_that_found_too_little_memory_is_parsed_again_in_a_new_process() -> None:
    with WorkerPool(1, memory_limit_mb=400, parse=weird) as pool:
        first = _ask(pool, "hoard.md", 120)
        second = _ask(pool, "need.md", 280)
        assert second != first
        assert not psutil.pid_exists(int(first))
        assert pool.pids() == (int(second),)


@pytest.mark.parametrize(
    ("name", "said"),
    [("eat.md", "more than 200 MB"), ("exhausted.md", "than there is"), ("killed.md", "memory runs out")],
)
def test_a_file_that_needs_too_much_in_a_new_process_too_fails(name: str, said: str) -> None:
    with WorkerPool(1, memory_limit_mb=200, parse=weird) as pool:
        first = _ask(pool, "fine.md", 0)
        with pytest.raises(OutOfMemory, match=said) as failure:
            _ask(pool, name, 0)
        assert failure.value.remedy
        assert pool.pids() == ()
        assert _ask(pool, "fine.md", 0) != first


def test_other_failures_are_not_tried_again() -> None:
    with WorkerPool(1, parse=weird) as pool:
        _ask(pool, "fine.md", 0)
        with pytest.raises(InvalidInput, match="SIGSEGV") as failure:
            _ask(pool, "fault.md", 0)
        assert not isinstance(failure.value, OutOfMemory)
        assert pool.pids() == ()


def test_a_process_that_holds_much_between_two_files_is_replaced() -> None:
    with WorkerPool(1, memory_limit_mb=400, parse=weird) as pool:
        light = _ask(pool, "hoard.md", 20)
        assert _ask(pool, "fine.md", 0) == light
        heavy = _ask(pool, "hoard.md", 220)
        assert heavy == light
        assert not psutil.pid_exists(int(heavy))
        assert _ask(pool, "fine.md", 0) != heavy


def test_what_a_file_took_and_is_free_again_does_not_count() -> None:
    with WorkerPool(1, memory_limit_mb=400, parse=weird) as pool:
        worker = _ask(pool, "need.md", 250)
        assert _ask(pool, "fine.md", 0) == worker
