"""Each way to hide a word: what it changes, what it leaves, where it cannot, and that seeds decide."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from engine.guard.words.phonetic import syllable
from engine.languages.folding import fold
from evals.bench.disguises import (
    DISGUISES,
    full_width,
    homophone,
    leetspeak,
    look_alike,
    masked,
    traditional,
)

SEEDS = range(40)
HAN, LATIN, MIXED, KANA = "代开发票", "bastard", "加v信", "バカヤロウ"


def hidden(kind: str, word: str) -> set[str]:
    """Return all that the seeds make of a word."""
    made = {DISGUISES[kind](word, Random(seed)) for seed in SEEDS}
    return {each for each in made if each is not None}


@pytest.mark.parametrize("kind", DISGUISES)
@pytest.mark.parametrize("word", [HAN, LATIN, MIXED, KANA, "son of a bitch"])
def test_the_seed_decides_and_what_is_made_is_another_word(kind: str, word: str) -> None:
    for seed in SEEDS:
        made = DISGUISES[kind](word, Random(seed))
        assert made == DISGUISES[kind](word, Random(seed))
        assert made != word
        assert made != ""


@pytest.mark.parametrize("word", [LATIN, MIXED, "K2"])
def test_full_width_is_what_folding_undoes(word: str) -> None:
    made = full_width(word, Random(1))
    assert made
    assert unicodedata.normalize("NFKC", made) == word
    assert not any("!" <= char <= "~" for char in made)


@pytest.mark.parametrize(("word", "made"), [("退货", "退貨"), ("发票", "發票"), ("微信", None), ("abc", None)])
def test_traditional(word: str, made: str | None) -> None:
    assert traditional(word, Random(1)) == made
    assert made is None or fold(made) == fold(word)


@pytest.mark.parametrize("word", [HAN, LATIN, KANA])
def test_signs_are_put_between_characters_and_none_is_lost(word: str) -> None:
    made = hidden("inserted", word)
    assert len(made) > 10
    for each in made:
        assert "".join(char for char in each if char in word) == word
        assert each[0] == word[0]
        assert each[-1] == word[-1]
    assert any(len(each) == len(word) + 1 for each in made)
    assert any(len(each) >= 2 * len(word) - 1 for each in made)


def test_spaced_latin_is_spaced_throughout() -> None:
    assert {each for each in hidden("inserted", "son of") if each.replace(" ", "") == "sonof"} == {"s o n o f"}


def test_latin_is_never_parted_by_a_wide_comma() -> None:
    assert not any("，" in each for each in hidden("inserted", LATIN))
    assert any("，" in each for each in hidden("inserted", HAN))


@pytest.mark.parametrize("word", ["微信", HAN])
def test_homophones_sound_the_same_character_by_character(word: str) -> None:
    made = hidden("homophone", word)
    assert len(made) > 10
    for each in made:
        assert list(map(syllable, each)) == list(map(syllable, word))
    changed = {sum(a != b for a, b in zip(each, word, strict=True)) for each in made}
    assert changed == {1, len(word)}


@pytest.mark.parametrize("word", ["信", MIXED, LATIN, KANA])
def test_what_has_no_homophone(word: str) -> None:
    assert homophone(word, Random(1)) is None


def test_both_ways_of_writing_signs_for_letters_are_taken() -> None:
    assert hidden("leetspeak", "oasis") == {"0451" + "5", "0@$!$"}
    assert leetspeak("xyz", Random(1)) is None


@pytest.mark.parametrize("word", [LATIN, "cope"])
def test_look_alikes_keep_the_length_and_change_half_of_what_they_can(word: str) -> None:
    made = hidden("look-alike", word)
    possible = sum(char in "aceiopsxy" for char in word)
    for each in made:
        changed = [(a, b) for a, b in zip(word, each, strict=True) if a != b]
        assert len(changed) == max(1, possible // 2)
        assert all("CYRILLIC" in unicodedata.name(b) for _, b in changed)
    assert look_alike("bdfg", Random(1)) is None


@pytest.mark.parametrize("word", [LATIN, HAN, "敏感词"])
def test_a_masked_word_keeps_its_ends(word: str) -> None:
    made = hidden("masked", word)
    assert len(made) == len(word) - 2
    for each in made:
        assert (each[0], each[-1], len(each), each.count("*")) == (word[0], word[-1], len(word), 1)


@pytest.mark.parametrize("word", ["cat", "微信", "a bcd", KANA, "straße"])
def test_what_is_too_short_or_of_another_script_is_not_masked(word: str) -> None:
    assert masked(word, Random(1)) is None


@pytest.mark.parametrize("kind", ["inserted", "homophone", "masked"])
def test_one_character_cannot_be_parted(kind: str) -> None:
    assert hidden(kind, "信") == set()
