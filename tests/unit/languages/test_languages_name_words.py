"""The lists of names and of words that are none."""

from __future__ import annotations

import pytest

from engine.languages.folding import fold
from engine.languages.name_words import (
    GIVEN_NAMES,
    JAPANESE_PLACES,
    JAPANESE_SURNAMES,
    KOREAN_SURNAMES,
    NAMELESS,
    NOT_CHINESE_NAMES,
    SURNAMES,
    is_nameless,
)


def test_chinese_surnames_come_in_both_scripts_and_long_ones_first() -> None:
    assert [len(name) for name in SURNAMES] == sorted((len(name) for name in SURNAMES), reverse=True)
    assert len(set(SURNAMES)) == len(SURNAMES)
    assert {"张", "張", "陈", "陳", "欧阳", "歐陽"} <= set(SURNAMES)
    assert {"老", "好", "们"}.isdisjoint(SURNAMES)


def test_words_that_begin_like_a_name_do_so() -> None:
    assert all(word.startswith(SURNAMES) for word in NOT_CHINESE_NAMES)


def test_japanese_surnames() -> None:
    assert all(len(name) >= 2 for name in JAPANESE_SURNAMES)
    assert len(set(JAPANESE_SURNAMES)) == len(JAPANESE_SURNAMES)
    assert set(JAPANESE_SURNAMES) >= JAPANESE_PLACES


def test_korean_surnames_are_single_syllables() -> None:
    assert len(set(KOREAN_SURNAMES)) == len(KOREAN_SURNAMES)
    assert all("\uac00" <= each <= "\ud7a3" for each in KOREAN_SURNAMES)


def test_lists_of_words_are_folded_and_share_nothing() -> None:
    assert {fold(word) for word in NAMELESS | GIVEN_NAMES} == NAMELESS | GIVEN_NAMES
    assert NAMELESS.isdisjoint(GIVEN_NAMES)


@pytest.mark.parametrize(
    ("word", "expected"), [("There", True), ("Équipe", True), ("Mr.", True), ("Lena", False), ("Fischer", False)]
)
def test_words_that_are_nobodys_name(word: str, *, expected: bool) -> None:
    assert is_nameless(word) is expected
