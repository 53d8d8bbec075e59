from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from engine.errors import BackendFailed, InvalidInput
from ingestion.parsing import Limits
from ingestion.workers.pool import NoPool, WorkerPool
from tests.unit.ingestion.workers.hooks import plain, weird

LIMITS = Limits()
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit_s=1.0, seconds_per_mb=0.0, parse=weird) as made:
        yield made


def _worker(pool: WorkerPool) -> str:
    """Return the id of the process that parses the next file."""
    return pool.parse(b"text", name="fine.txt", limits=LIMITS).title


def test_a_file_is_parsed_elsewhere_and_the_process_is_kept(pool: WorkerPool) -> None:
    first = pool.parse("Für alle, 日本語\n".encode(), name="a.txt", limits=LIMITS)
    assert first.text == "Für alle, 日本語\n"
    assert first.title == _worker(pool)
    assert pool.pids() == (int(first.title),)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hang.md", "hang.md took longer than 1 s to parse."),
        ("spin.md", "spin.md took longer than 1 s to parse."),
        ("fault.md", "fault.md made the parser crash (SIGSEGV)."),
        ("exit.md", "exit.md made the parser crash (exit status 3)."),
        ("exhausted.md", "exhausted.md needs more memory to parse than there is."),
    ],
)
def test_what_a_file_does_to_the_process_is_its_own_failure(pool: WorkerPool, name: str, said: str) -> None:
    before = _worker(pool)
    with pytest.raises(InvalidInput) as failure:
        pool.parse(b"text", name=name, limits=LIMITS)
    assert failure.value.message == said
    assert failure.value.remedy
    assert not psutil.pid_exists(int(before))
    assert _worker(pool) != before


def test_a_process_that_eats_memory_is_ended() -> None:
    with WorkerPool(1, memory_limit_mb=200, parse=weird) as pool:
        with pytest.raises(InvalidInput, match="needed more than 200 MB of memory") as failure:
            pool.parse(b"text", name="eat.md", limits=LIMITS)
        assert failure.value.remedy
        assert pool.pids() == ()


def test_an_error_of_the_parser_keeps_message_and_remedy_and_the_process(pool: WorkerPool) -> None:
    before = _worker(pool)
    with pytest.raises(InvalidInput) as failure:
        pool.parse(b"%broken", name="a.md", limits=LIMITS)
    assert (failure.value.message, failure.value.remedy) == (f"{before} is broken.", "Mend it.")
    assert _worker(pool) == before


def test_an_error_that_nobody_foresaw_is_named_without_what_it_says(pool: WorkerPool) -> None:
    before = _worker(pool)
    with pytest.raises(InvalidInput, match=r"odd\.md cannot be parsed \(KeyError\)") as failure:
        pool.parse(b"text", name="odd.md", limits=LIMITS)
    assert "content" not in str(failure.value)
    assert _worker(pool) == before


def test_the_time_grows_with_the_size() -> None:
    with WorkerPool(1, time_limit_s=0.2, seconds_per_mb=5.0, parse=weird) as pool:
        assert pool.parse(b"x" * 1_000_000, name="slow.txt", limits=LIMITS).text
        with pytest.raises(InvalidInput, match=r"longer than 0\.2 s"):
            pool.parse(b"x", name="slow.txt", limits=LIMITS)


def test_large_files_go_there_and_back(pool: WorkerPool) -> None:
    data = b"0123456789" * 500_000
    assert pool.parse(data, name="big.txt", limits=LIMITS).text == data.decode()


def test_who_waits_may_give_up_and_the_process_ends_at_once(pool: WorkerPool) -> None:
    class GaveUp(BaseException):
        pass

    def give_up() -> None:
        if time.monotonic() > until:
            raise GaveUp

    worker, until = int(_worker(pool)), time.monotonic() + 0.2
    began = time.monotonic()
    with pytest.raises(GaveUp):
        pool.parse(b"text", name="hang.md", limits=LIMITS, on_wait=give_up)
    assert time.monotonic() - began < 1.0
    assert not psutil.pid_exists(worker)


def test_several_files_are_parsed_at_the_same_time_and_more_wait() -> None:
    with WorkerPool(2, parse=weird) as pool, ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: _worker(pool), range(4)))
        began = time.monotonic()
        done = list(threads.map(lambda _: pool.parse(b"x", name="slow.md", limits=LIMITS).title, range(4)))
        took = time.monotonic() - began
    assert len(set(done)) == 2
    assert took > 0.55  # 2 x 0.3 s, one after the other


def test_a_process_that_served_enough_is_replaced() -> None:
    with WorkerPool(1, tasks_per_worker=2, parse=weird) as pool:
        served = [_worker(pool) for _ in range(4)]
    assert served[0] == served[1] != served[2] == served[3]


def test_what_a_parser_prints_does_not_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerPool(1, parse=weird) as pool:
        pool.parse(b"x", name="print.md", limits=LIMITS)
    assert capfd.readouterr() == ("", "")


def test_closing_ends_the_processes_and_fails_what_is_under_way() -> None:
    pool = WorkerPool(1, parse=weird)
    worker = int(_worker(pool))
    failures: list[InvalidInput] = []

    def hang() -> None:
        with pytest.raises(InvalidInput) as failure:
            pool.parse(b"x", name="hang.md", limits=LIMITS)
        failures.append(failure.value)

    thread = threading.Thread(target=hang)
    thread.start()
    time.sleep(0.1)
    pool.close()
    thread.join(5)
    assert len(failures) == 1
    assert not psutil.pid_exists(worker)
    with pytest.raises(BackendFailed):
        _worker(pool)


def test_the_processes_end_with_a_parent_that_is_killed() -> None:
    code = (
        "import sys, threading\n"
        "from ingestion.parsing import Limits\n"
        "from ingestion.workers.pool import WorkerPool\n"
        "from tests.unit.ingestion.workers.hooks import weird\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(1, parse=weird)\n"
        "    print(pool.parse(b'x', name='a.md', limits=Limits()).title, flush=True)\n"
        "    pool.parse(b'x', name='spin.md', limits=Limits())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.1)  # it is busy now, and holds its interpreter
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    child.wait(3)


def test_without_processes_files_are_parsed_here() -> None:
    waited: list[int] = []
    parsed = NoPool(plain).parse(b"One\n\fTwo\n", name="a.md", limits=LIMITS, on_wait=lambda: waited.append(1))
    assert [block.page for block in parsed.blocks] == [1, 2]
    assert waited == [1]
    NoPool().close()
