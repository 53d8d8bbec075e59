from __future__ import annotations

import pytest

from engine.languages.registry import UNKNOWN, profile_for, profiles

CODES = {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "th", "vi", "zh-Hans", "zh-Hant"}


def test_there_is_a_profile_for_each_language() -> None:
    assert set(profiles()) == CODES


def test_profiles_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        profiles()["xx"] = profiles()["en"]  # type: ignore[index]


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_finds_its_own_profile(code: str) -> None:
    assert profile_for(code).code == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("ZH-hant", "zh-Hant"),
        ("yue-HK", "zh-Hant"),
        ("cmn", "zh-Hans"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("pt-BR", "pt"),
        ("es-419", "es"),
        ("ja-JP", "ja"),
        ("de_AT", "de"),
    ],
)
def test_tags_fall_back_to_the_language(tag: str, code: str) -> None:
    assert profile_for(tag).code == code


@pytest.mark.parametrize("tag", ["und", "", "sw", "tlh", "x-private", "english", "z", "-", "德语"])
def test_an_unknown_language_gets_a_neutral_profile(tag: str) -> None:
    profile = profile_for(tag)
    assert profile.code == UNKNOWN
    assert profile.name == ""
    assert profile.stop_words == frozenset()
    assert profile.question_cues == {}
    assert profile.phrases == profiles()["en"].phrases
    assert profile.stemmer == "english"
