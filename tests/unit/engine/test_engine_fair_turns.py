"""Turns are taken in the order of coming, and none is lost."""

from __future__ import annotations

import operator
import signal
import threading
import time
from functools import partial

import pytest

from engine.fair_turns import FairTurns
from tests.waiting import until


def test_who_came_first_is_let_in_first() -> None:
    turns, order = FairTurns(1), list[int]()

    def take(number: int) -> None:
        with turns:
            order.append(number)

    waiting = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    with turns:
        for number, thread in enumerate(waiting, start=1):
            thread.start()
            until(lambda: len(turns._waiting), partial(operator.eq, number))
    for thread in waiting:
        thread.join()
    assert order == [*range(8)]


def test_no_more_are_let_in_than_there_are_turns() -> None:
    turns, lock, here, most = FairTurns(3), threading.Lock(), list[int](), list[int]()

    def take() -> None:
        for _ in range(50):
            with turns:
                with lock:
                    here.append(1)
                    most.append(len(here))
                time.sleep(0.0001)
                with lock:
                    here.pop()

    threads = [threading.Thread(target=take) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(most), turns._free) == (3, 450, 3)


def test_an_interrupted_wait_and_a_block_that_fails_leave_the_turns_as_they_were() -> None:
    turns = FairTurns(1)
    with pytest.raises(ValueError, match="broken"), turns:
        raise ValueError("broken")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with turns:
            held.set()
            done.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(60)
    threading.Timer(0.2, signal.pthread_kill, (threading.get_ident(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt), turns:
        pass
    done.set()
    holder.join()
    with turns:
        assert turns._free == 0
    assert turns._free == 1
