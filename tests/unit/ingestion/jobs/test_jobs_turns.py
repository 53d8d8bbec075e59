from __future__ import annotations

import threading
import time

import pytest

from ingestion.jobs.turns import Turns


def test_turns_are_taken_in_the_order_of_asking() -> None:
    turns = Turns()
    first, second, third = (turns.ask("kb") for _ in range(3))
    assert [turns.is_due(each) for each in (first, second, third)] == [True, False, False]
    turns.leave(second)
    turns.leave(first)
    assert turns.is_due(third)


def test_knowledge_bases_do_not_wait_for_each_other() -> None:
    turns = Turns()
    turns.ask("one")
    with turns.turn("two"):
        assert turns.is_due(turns.ask("three"))


def test_one_at_a_time_and_nobody_is_passed_over() -> None:
    turns, order, inside = Turns(), list[int](), list[int]()

    def take(number: int) -> None:
        with turns.turn("kb"):
            inside.append(number)
            assert inside == [number]
            time.sleep(0.005)
            inside.remove(number)
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    holder = turns.ask("kb")
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    turns.leave(holder)
    for thread in threads:
        thread.join(5)
    assert order == list(range(6))


def test_who_gives_up_waiting_leaves_the_line() -> None:
    turns = Turns()
    holder = turns.ask("kb")

    def give_up() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), turns.turn("kb", on_wait=give_up):
        raise AssertionError("it is not its turn")
    turns.leave(holder)
    assert turns.is_due(turns.ask("kb"))


def test_an_error_inside_lets_the_next_one_in() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), turns.turn("kb"):
        raise ValueError("inside")
    with turns.turn("kb"):
        pass
