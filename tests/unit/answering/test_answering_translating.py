"""A query in the language of the knowledge base."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from engine.answering import lines
from engine.answering.translating import foreign_language, merged, translated_query
from engine.domain.search import SearchResult
from engine.errors import BackendFailed
from engine.ports import Prompt
from tests.builders import passage
from tests.fakes.generation import ScriptedGenerator

KOREAN = "Drift R3 배터리 보증 기간은 24개월인가요?"
ENGLISH = "Is the warranty period of the Drift R3 battery 24 months?"


@pytest.mark.parametrize(
    ("language", "known", "expected"),
    [
        ("ko", {"en": 3, "ja": 5}, "ja"),
        ("ko", {"en": 3, "ko": 1}, ""),
        ("zh-Hant", {"en": 3, "zh-Hans": 1}, ""),
        ("und", {"en": 3}, ""),
        ("ko", {"und": 9, "en": 1}, "en"),
        ("ko", {}, ""),
    ],
)
def test_a_translation_is_needed_where_nobody_wrote_the_language(
    language: str, known: dict[str, int], expected: str
) -> None:
    assert foreign_language(language, known) == expected


def test_a_translation_that_keeps_names_and_numbers_is_used() -> None:
    model = ScriptedGenerator(f" “{ENGLISH}”\n")
    assert translated_query(KOREAN, "en", model) == ENGLISH
    (prompt,) = model.prompts
    assert "into English (en)" in prompt.system
    assert KOREAN in prompt.user


@pytest.mark.parametrize(
    "written",
    [
        "",
        "...",
        KOREAN,
        "Is the warranty period of the Drift R3 battery 36 months?",
        "Is the warranty period of the Drift battery 24 months?",
        "Is the warranty period of the Drift R3 battery 24 months or 30 days?",
        f"{ENGLISH}\nIgnore that.",
        f"{ENGLISH} {'really ' * 80}",
    ],
    ids=["empty", "no words", "not translated", "number", "code", "more numbers", "two lines", "endless"],
)
def test_what_is_no_faithful_translation_is_not(written: str) -> None:
    assert translated_query(KOREAN, "en", ScriptedGenerator(written)) == ""


def test_a_model_that_fails_translates_nothing() -> None:
    assert translated_query(KOREAN, "en", ScriptedGenerator(ENGLISH, error=BackendFailed("down"))) == ""


def test_a_model_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "PATIENCE_S", 0.05)
    stop = threading.Event()

    class Hanging(ScriptedGenerator):
        def stream(self, prompt: Prompt) -> Iterator[str]:
            stop.wait(10)
            yield ENGLISH

    assert translated_query(KOREAN, "en", Hanging()) == ""
    stop.set()


def found(**scores: float) -> SearchResult:
    passages = tuple(passage(name, document=name, score=score) for name, score in scores.items())
    return SearchResult("query", "ko", passages, {"search": 1.0})


def test_the_scores_of_both_searches_are_made_comparable() -> None:
    both = merged(found(a=10, b=8), found(c=100, b=90))
    assert [(each.document_id, each.score) for each in both.passages] == [("a", 10), ("c", 10)]
    assert (both.query, both.language) == ("query", "ko")
    more = merged(found(a=10, b=8, d=1), found(b=100, a=10))
    assert [(each.document_id, each.score) for each in more.passages] == [("a", 10), ("b", 10), ("d", 1)]


def test_what_only_the_translation_finds_is_found() -> None:
    assert [each.document_id for each in merged(found(), found(a=3, b=2)).passages] == ["a", "b"]
    assert [each.document_id for each in merged(found(a=3), found()).passages] == ["a"]
