"""The memory of processes, watched from outside."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

from engine.errors import BackendFailed
from evals.bench.watching import peak_memory, watch


def test_the_memory_of_a_process_and_its_children_is_watched() -> None:
    child = "import time; x = b'x' * 60_000_000; time.sleep(0.5)"
    code = f"import subprocess, sys; y = b'y' * 30_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    found = watch([sys.executable, "-c", code])
    assert found.parent_mb > 30
    assert found.children_mb > 60
    assert found.together_mb > 90
    assert found.seconds > 0.5


def test_a_process_that_fails_is_told_with_its_last_line() -> None:
    with pytest.raises(BackendFailed) as failure:
        watch([sys.executable, "-c", "import sys; sys.exit('it is broken')"])
    assert failure.value.remedy == "it is broken"


def test_a_process_may_say_a_lot() -> None:
    assert watch([sys.executable, "-c", "import sys; sys.stderr.write('x' * 300_000)"]).seconds > 0


def test_a_process_that_takes_too_long_is_ended_with_what_it_has_started() -> None:
    child = "import time; time.sleep(61)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    began = time.monotonic()
    with pytest.raises(BackendFailed, match="longer than 1 s"):
        watch([sys.executable, "-c", code], limit_s=1.0)
    assert time.monotonic() - began < 30
    assert not [each for each in psutil.Process().children(recursive=True) if child in each.cmdline()]


def test_the_memory_of_a_running_process_is_watched() -> None:
    code = "import sys; sys.stdin.readline(); x = b'x' * 80_000_000; print(flush=True); sys.stdin.readline()"
    words = [sys.executable, "-c", code]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdin
        assert process.stdout
        with peak_memory(process.pid) as peak:
            before = peak.parent
            process.stdin.write("\n")
            process.stdin.flush()
            process.stdout.readline()
            time.sleep(0.3)
        process.stdin.write("\n")
    assert before > 0
    assert peak.parent - before > 70_000_000
    assert peak.together >= peak.parent
