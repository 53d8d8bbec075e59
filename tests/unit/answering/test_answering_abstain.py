"""Saying that there is no answer, in the customer's language."""

from __future__ import annotations

import pytest

from engine.answering.abstain import abstention
from engine.domain.answer import AbstentionReason
from engine.languages.registry import profiles

LANGUAGES = ["en", "zh-Hans", "zh-Hant", "ja"]


@pytest.mark.parametrize("reason", list(AbstentionReason))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_every_language(reason: AbstentionReason, language: str) -> None:
    found = abstention(reason, language)
    assert found.reason is reason
    assert found.message == getattr(profiles()[language].phrases, reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_is_said_differently(language: str) -> None:
    assert len({abstention(reason, language).message for reason in AbstentionReason}) == len(AbstentionReason)


@pytest.mark.parametrize("reason", list(AbstentionReason))
def test_each_language_says_it_differently(reason: AbstentionReason) -> None:
    assert len({abstention(reason, language).message for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("tag", "profile"),
    [("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("ja-JP", "ja"), ("en-GB", "en")],
)
def test_regions_speak_the_language_of_their_script(tag: str, profile: str) -> None:
    reason = AbstentionReason.NO_EVIDENCE
    assert abstention(reason, tag) == abstention(reason, profile)


@pytest.mark.parametrize("tag", ["und", "tlh", ""])
def test_a_language_without_words_of_its_own_is_answered_in_english(tag: str) -> None:
    reason = AbstentionReason.LOW_CONFIDENCE
    assert abstention(reason, tag) == abstention(reason, "en")
