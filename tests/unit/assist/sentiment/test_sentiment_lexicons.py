from __future__ import annotations

import re
from dataclasses import fields

import pytest

from engine.assist.sentiment.lexicon import Lexicon
from engine.assist.sentiment.registry import lexicon_for, lexicons
from engine.languages.folding import fold
from engine.languages.registry import profiles

FIELDS = [field.name for field in fields(Lexicon) if field.name not in ("codes", "spaces", "near")]
ALL = sorted({lexicon.codes[0] for lexicon in lexicons().values()})


def test_every_language_with_a_profile_has_a_lexicon() -> None:
    assert {code.partition("-")[0] for code in profiles()} <= set(lexicons())


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_a_regular_expression_that_never_finds_nothing(code: str, field: str) -> None:
    pattern = getattr(lexicons()[code], field)
    if pattern:
        assert re.compile(fold(pattern.replace(r"\W", r"[^\w]"))).fullmatch("") is None


@pytest.mark.parametrize("code", ALL)
def test_every_lexicon_knows_blame_worry_and_praise(code: str) -> None:
    lexicon = lexicons()[code]
    assert all(getattr(lexicon, each) for each in ("fury", "grievance", "regret", "worry", "thanks", "delight"))


@pytest.mark.parametrize(
    ("tag", "code"), [("zh-Hant", "zh"), ("zh-Hans", "zh"), ("yue", "zh"), ("EN-gb", "en"), ("ja", "ja")]
)
def test_a_tag_finds_its_lexicon(tag: str, code: str) -> None:
    assert lexicon_for(tag) is lexicons()[code]


@pytest.mark.parametrize("tag", ["sw", "und", ""])
def test_a_language_without_a_lexicon_has_an_empty_one(tag: str) -> None:
    assert {getattr(lexicon_for(tag), each) for each in FIELDS} == {""}
