"""Seeded choices."""

from __future__ import annotations

from evals.sampling import halves, shuffled

ITEMS = tuple(f"q{n}" for n in range(101))


def key(item: str) -> str:
    return item


def test_the_order_depends_on_the_seed_alone() -> None:
    assert shuffled(ITEMS, seed=1, key=key) == shuffled(ITEMS[::-1], seed=1, key=key)
    assert shuffled(ITEMS, seed=1, key=key) != shuffled(ITEMS, seed=2, key=key)
    assert sorted(shuffled(ITEMS, seed=1, key=key)) == sorted(ITEMS)


def test_the_order_is_the_same_for_ever() -> None:
    assert shuffled("abcd", seed=13, key=key) == ("b", "d", "c", "a")


def test_halves_share_nothing_and_lose_nothing() -> None:
    first, second = halves(ITEMS, seed=5, key=key)
    assert (len(first), len(second)) == (51, 50)
    assert sorted((*first, *second)) == sorted(ITEMS)


def test_an_item_stays_before_its_neighbour_when_others_are_added() -> None:
    few = shuffled(ITEMS[:10], seed=3, key=key)
    assert tuple(item for item in shuffled(ITEMS, seed=3, key=key) if item in few) == few
