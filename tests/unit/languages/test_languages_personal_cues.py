"""The table of cues for names and addresses."""

from __future__ import annotations

from dataclasses import fields

import pytest

from engine.languages.personal_cues import NAMELESS, PERSONAL_CUES, SURNAMES, PersonalCues
from engine.languages.registry import profiles


def test_every_language_of_the_desk_has_cues() -> None:
    assert {code.partition("-")[0] for code in profiles()} == set(PERSONAL_CUES)


@pytest.mark.parametrize("language", sorted(PERSONAL_CUES))
def test_cues_are_clean_lists(language: str) -> None:
    for field in fields(PersonalCues):
        variants = getattr(PERSONAL_CUES[language], field.name).split("|")
        assert variants == [variant.strip() for variant in variants]
        assert len(set(variants)) == len(variants)
        assert all(variants) or variants == [""]


@pytest.mark.parametrize("language", sorted(PERSONAL_CUES))
def test_every_language_can_introduce_and_label(language: str) -> None:
    cues = PERSONAL_CUES[language]
    assert cues.introductions
    assert cues.labels
    assert cues.address_labels


def test_surnames_are_single_han_characters_in_both_scripts() -> None:
    assert all(len(name) == 1 and "\u4e00" <= name <= "\u9fff" for name in SURNAMES)
    assert {"张", "張", "陈", "陳"} <= SURNAMES
    assert {"老", "好", "们"}.isdisjoint(SURNAMES)


def test_words_behind_greetings_are_lower_case() -> None:
    assert {word.lower() for word in NAMELESS} == NAMELESS
    assert {"there", "everyone", "customer"} <= NAMELESS
