from __future__ import annotations

import pytest

from engine.domain.handoff import FactKind
from engine.languages.fact_questions import fact_question
from engine.languages.registry import profiles


@pytest.mark.parametrize("language", sorted(profiles()))
def test_every_fact_can_be_asked_for_in_the_languages_of_the_desk(language: str) -> None:
    asked = [fact_question(kind, language) for kind in FactKind]
    assert len(set(asked)) == len(FactKind)
    assert (language == "en") == (asked == [fact_question(kind, "en") for kind in FactKind])


@pytest.mark.parametrize("language", ["sw", "und", ""])
def test_other_languages_are_asked_in_english(language: str) -> None:
    assert fact_question(FactKind.DATE, language) == fact_question(FactKind.DATE, "en")
