"""The table of cues for names and addresses."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from engine.languages.personal_cues import PERSONAL_CUES, PersonalCues, either
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


@pytest.mark.parametrize("language", sorted(PERSONAL_CUES))
def test_every_language_can_sign_and_ask(language: str) -> None:
    assert PERSONAL_CUES[language].sign_offs
    assert PERSONAL_CUES[language].asks


def test_the_longest_variant_is_tried_first() -> None:
    found = re.search(either("sign_offs", "en"), "many thanks and best regards")
    assert found is not None
    assert found[0] == "many thanks and best regards"


def test_variants_of_one_language_or_of_all() -> None:
    assert re.fullmatch(either("selves", "de"), "i am") is None
    assert re.fullmatch(either("selves"), "i am")
    assert re.search(either("selves", "th"), "anything") is None
