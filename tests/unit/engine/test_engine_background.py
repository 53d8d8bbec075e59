"""What processes beside the one that serves set up: each is tried in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

ALONE = """
import os, sys
from engine.background import detach
before = os.nice(0)
detach()
print("for nobody")
sys.exit(0 if os.nice(0) > before else 3)
"""
MANY_THREADS = """
import ctypes, threading
from engine.background import share_arenas, trim
share_arenas()
threads = [threading.Thread(target=lambda: [bytes(5000) for _ in range(2000)]) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
trim()
ctypes.CDLL(None).malloc_stats()
"""
PATIENT = """
import subprocess
from engine.background import wait_patiently
wait_patiently()
subprocess.run(["/bin/sh", "-c", "echo $OMP_WAIT_POLICY"])
"""


def _run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)  # noqa: S603


def test_a_process_apart_is_silent_and_gives_way() -> None:
    assert _run(ALONE).stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="arenas are glibc's")
def test_threads_share_two_arenas() -> None:
    assert _run(MANY_THREADS).stderr.count("Arena ") <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="it is set by glibc")
@pytest.mark.parametrize(("said", "policy"), [("", "PASSIVE"), ("OMP_WAIT_POLICY=ACTIVE", "ACTIVE")])
def test_threads_of_openmp_wait_patiently_unless_told_otherwise(said: str, policy: str) -> None:
    words = ["env", "-u", "OMP_WAIT_POLICY", *filter(None, [said]), sys.executable, "-c", PATIENT]
    found = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603
    assert found.stdout.strip() == policy
