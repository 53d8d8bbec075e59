"""Masking texts, and putting back what was masked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask

SAID = "My name is Lena Fischer, write to lena@post.example or call +49 151 23456789. Lena Fischer"
MASKED = "My name is [name 1], write to [email 1] or call [phone 1]. [name 1]"


def reply(mask: Mask, pieces: Iterable[str]) -> str:
    return "".join(mask.restored(iter(pieces)))


def test_the_same_value_has_the_same_placeholder_wherever_it_stands() -> None:
    mask = Mask()
    assert mask.mask(SAID, "lena@post.example, Lena Fischer") == (MASKED, "[email 1], [name 1]")
    assert mask.restore(MASKED) == SAID
    assert mask.used


def test_another_value_of_a_kind_has_another_number() -> None:
    assert Mask().mask("a@post.example, b@post.example, a@post.example") == ("[email 1], [email 2], [email 1]",)


def test_a_value_within_a_longer_word_is_another_one() -> None:
    mask = Mask()
    (text,) = mask.mask("My name is Lena Fischer. Lena Fischers shop is not mine.")
    assert text == "My name is [name 1]. Lena Fischers shop is not mine."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我叫王小明，电话13812345678", "zh-Hans"),
        ("メールは hanako@post.example です", "ja"),
        ("IBAN DE89370400440532013000", "de"),
    ],
)
def test_other_languages_come_back_too(text: str, language: str) -> None:
    mask = Mask(language=language)
    (masked,) = mask.mask(text)
    assert masked != text
    assert not any(word in masked for word in ("13812345678", "hanako", "DE89"))
    assert mask.restore(masked) == text


def test_only_the_chosen_kinds_are_masked() -> None:
    (text,) = Mask([PersonalKind.EMAIL]).mask(SAID)
    assert "[email 1]" in text
    assert "Lena Fischer" in text
    assert "+49 151 23456789" in text


def test_what_the_company_publishes_stays() -> None:
    mask = Mask(published=["Call +49 151 23456789 or write to help@shop.example."])
    (text,) = mask.mask(SAID + " help@shop.example")
    assert text == "My name is [name 1], write to [email 1] or call +49 151 23456789. [name 1] help@shop.example"


def test_a_part_of_what_is_published_is_not_published() -> None:
    assert Mask(published=["anna@post.example"]).mask("a@post.example") == ("[email 1]",)


def test_placeholders_that_stand_there_already_keep_their_numbers() -> None:
    mask = Mask(published=["Ask [name 4]."])
    mask.reserve(["[email 2]"])
    assert mask.mask("Not [email 1], my mail is a@post.example, my name is Lena Fischer") == (
        "Not [email 1], my mail is [email 3], my name is [name 5]",
    )
    assert mask.restore("[email 1] [email 3] [name 4]") == "[email 1] a@post.example [name 4]"


def test_nothing_personal_is_left_as_it_is() -> None:
    mask = Mask()
    assert mask.mask("My order MV-2026-118420 is late.") == ("My order MV-2026-118420 is late.",)
    assert not mask.used
    assert reply(mask, ["Sorry [1]", " [email 1]"]) == "Sorry [1] [email 1]"


@pytest.mark.parametrize("written", ["[Email 1]", "【email 1】", "［EMAIL 1］", "[email_1]", "[ email 1 ]"])
def test_placeholders_are_known_as_models_rewrite_them(written: str) -> None:
    mask = Mask()
    mask.mask(SAID)
    assert mask.restore(f"Write to {written}.") == "Write to lena@post.example."


@settings(deadline=None)
@given(st.lists(st.integers(0, len(MASKED) + 10), max_size=12))
def test_placeholders_come_back_wherever_they_are_cut(cuts: list[int]) -> None:
    mask = Mask()
    (masked,) = mask.mask(SAID)
    text = f"{masked} [1][2] ["
    ends = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    assert reply(mask, pieces) == f"{SAID} [1][2] ["


def test_text_passes_as_soon_as_it_is_no_placeholder() -> None:
    mask = Mask()
    mask.mask(SAID)
    said = mask.restored(iter(["Five days ", "[1", "]", " [ema", "il 1", "] [not a", " placeholder]"]))
    assert list(said) == ["Five days ", "[1", "]", " ", "lena@post.example [not a", " placeholder]"]
