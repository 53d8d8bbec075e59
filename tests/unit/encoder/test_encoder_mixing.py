from __future__ import annotations

import numpy as np
import pytest

from engine.encoder.gain import Asked
from engine.encoder.mixing import Mix, Tables, best_mix
from engine.encoder.own_pairs import OwnPage, OwnPassage
from engine.ports import Vector
from tests.fakes.static_model import word_tokenizer

WORDS = ("refund", "kettle", "返品", "湯沸")
PAGES = [OwnPage(f"{word}.md", "", "", (OwnPassage(word),)) for word in WORDS]
RIGHT = {"refund": "返品.md", "返品": "refund.md", "kettle": "湯沸.md", "湯沸": "kettle.md"}


def rows(refund: int, kettle: int, henpin: int, yuwakashi: int) -> Vector:
    """Return a table with each word on an axis; row 0 is the unknown token."""
    table = np.zeros((5, 4), dtype=np.float32)
    for at, axis in enumerate((refund, kettle, henpin, yuwakashi), 1):
        table[at, axis] = 1
    return table


def ask(*words: str) -> list[Asked]:
    return [Asked(word, frozenset({RIGHT[word]}), "ja" if word > "z" else "en") for word in words]


def tables(before: Vector, after: Vector) -> Tables:
    return Tables(before, after, word_tokenizer(WORDS))


def test_rows_are_mixed_by_their_writing() -> None:
    mixed = tables(rows(0, 0, 0, 0), rows(1, 1, 1, 1)).mixed(Mix(wide=1.0, others=0.25))
    np.testing.assert_allclose(mixed[1], [0.75, 0.25, 0, 0])
    np.testing.assert_allclose(mixed[3], [0, 1, 0, 0])


def test_parts_add_up_to_the_sums_of_the_rows() -> None:
    made = tables(rows(0, 1, 2, 3), rows(3, 2, 1, 0))
    (parts,) = made.parts(["refund 返品 refund"])
    np.testing.assert_allclose(parts[1], [[2, 0, 0, 0], [0, 0, 0, 2]])
    np.testing.assert_allclose(parts[0], [[0, 0, 1, 0], [0, 1, 0, 0]])


def test_what_gains_everywhere_is_taken_whole() -> None:
    made = tables(rows(0, 1, 2, 3), rows(0, 1, 0, 1))
    assert best_mix(made, ask(*WORDS), PAGES) == Mix(1.0, 1.0)


def test_where_a_language_loses_the_old_rows_come_back() -> None:
    good, bad = rows(0, 1, 0, 1), rows(2, 3, 1, 0)
    mix = best_mix(tables(good, bad), ask(*WORDS), PAGES)
    assert (mix.wide, mix.others) != (1.0, 1.0)
    np.testing.assert_array_equal(np.argmax(tables(good, bad).mixed(mix), axis=1), np.argmax(good, axis=1))


@pytest.mark.parametrize(("questions", "pages"), [([], PAGES), (ask("refund"), [])])
def test_with_nothing_to_measure_the_tuned_rows_are_taken(questions: list[Asked], pages: list[OwnPage]) -> None:
    assert best_mix(tables(rows(0, 0, 0, 0), rows(1, 1, 1, 1)), questions, pages) == Mix(1.0, 1.0)
