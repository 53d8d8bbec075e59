"""What customers are asked for, in every language with a profile, and whether the engine understands itself."""

from __future__ import annotations

import pytest

from engine.domain.handoff import FactKind
from engine.guard.names import name_in_reply
from engine.guard.promises.cues import asks
from engine.languages.detection import ScriptDetector
from engine.languages.fact_questions import fact_question
from engine.languages.folding import fold
from engine.languages.registry import profiles

LANGUAGES = sorted(profiles())
KINSHIP = {"pt": {"pt", "es"}}  # short sentences that are the same in both
NAMES = {
    "ar": ("محمد علي", "محمد علي"),
    "de": ("Lena Roth", "Gern, Lena Roth."),
    "en": ("Lena Roth", "Sure, it's Lena Roth"),
    "es": ("Lucía Pérez", "Sí, Lucía Pérez."),
    "fr": ("Camille Durand", "Camille Durand, merci"),
    "it": ("Giulia Rossi", "Giulia Rossi"),
    "ja": ("田中花子", "田中花子です"),
    "ko": ("김민준", "김민준입니다"),
    "pt": ("João Silva", "João Silva!"),
    "ru": ("Иван Петров", "Иван Петров"),
    "th": ("สมชาย ใจดี", "สมชาย ใจดีครับ"),
    "vi": ("Nguyễn Văn An", "Nguyễn Văn An."),
    "zh-Hans": ("王小明", "我叫王小明"),
    "zh-Hant": ("陳大文", "陳大文。"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_a_question_of_its_own_in_the_customer_s_language(language: str) -> None:
    asked = {kind: fact_question(kind, language) for kind in FactKind}
    assert len(set(asked.values())) == len(FactKind)
    detector = ScriptDetector()
    assert {detector.detect(text) for text in asked.values()} <= KINSHIP.get(language, {language})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_ours_reads_as_one(language: str) -> None:
    """Checks would otherwise take it for a promise, and answers would quote it as a statement."""
    assert [kind for kind in FactKind if not asks(fold(fact_question(kind, language)))] == []


@pytest.mark.parametrize("language", sorted(NAMES))
def test_the_name_that_follows_our_question_is_known_as_personal(language: str) -> None:
    name, reply = NAMES[language]
    span = name_in_reply(fact_question(FactKind.NAME, language), reply)
    assert span is not None
    assert span.of(reply) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_follows_another_question_is_no_name(language: str) -> None:
    _, reply = NAMES[language]
    assert name_in_reply(fact_question(FactKind.DATE, language), reply) is None


@pytest.mark.parametrize(("given", "like"), [("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("pt-BR", "pt"), ("JA", "ja")])
def test_regions_and_letters_of_a_tag_do_not_matter(given: str, like: str) -> None:
    assert fact_question(FactKind.PRODUCT, given) == fact_question(FactKind.PRODUCT, like)
