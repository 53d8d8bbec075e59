from __future__ import annotations

import pytest

from engine.domain.assist import Emotion
from engine.domain.summary import Progress, SummaryPart
from engine.languages.registry import profiles
from engine.languages.summary_phrases import summary_phrases


@pytest.mark.parametrize("language", sorted(profiles()))
def test_every_language_of_the_desk_has_all_words_of_its_own(language: str) -> None:
    found = summary_phrases(language)
    assert (set(found.headings), set(found.progress), set(found.emotions)) == (
        set(SummaryPart),
        set(Progress),
        set(Emotion),
    )
    assert language == "en" or found.headings[SummaryPart.ISSUE] != summary_phrases("en").headings[SummaryPart.ISSUE]


def test_scripts_of_chinese_and_unknown_languages() -> None:
    assert summary_phrases("zh-TW").headings[SummaryPart.ISSUE] == "問題"
    assert summary_phrases("xx").headings[SummaryPart.ISSUE] == "Issue"
