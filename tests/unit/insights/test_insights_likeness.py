from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.insights.likeness import SAME_MATTER, Likeness, Said
from engine.insights.statements import Statement
from engine.insights.subjects import Subject
from tests.fakes.embedding import HashEmbedder
from tests.fakes.reranking import WordReranker

TEXTS = (
    "The Harrow's refund is paid within 7 days.",
    "The Quill's refund is paid within 10 days.",
    "The warranty lasts 24 months.",
    "It hums.",
)


@pytest.fixture
def said() -> list[Said]:
    subjects = [Subject(frozenset({name})) for name in ("harrow", "quill", "lamp", "lamp")]
    statements = [Statement(text, "en", Span(0, len(text))) for text in TEXTS]
    return [Said(*each, place) for place, each in enumerate(zip(statements, subjects, strict=True))]


def test_what_is_said_has_neither_names_nor_values(said: list[Said]) -> None:
    assert said[0].text == said[1].text == "the 's refund is paid within ."


def test_the_same_of_another_subject_is_most_alike(said: list[Said]) -> None:
    found = Likeness(said, HashEmbedder(), WordReranker()).of(said[0], said[1:])
    assert max(found, key=lambda place: found[place].likeness) == 1
    assert found[1].likeness == pytest.approx(1 + 2 + SAME_MATTER)
    assert {place: each.matter for place, each in found.items()} == {1: 1, 2: -1, 3: 0}


def test_without_a_reranker_vectors_stand_in(said: list[Said]) -> None:
    found = Likeness(said, HashEmbedder(), None).of(said[0], said[1:2])
    assert found[1].likeness == pytest.approx(3 + SAME_MATTER, abs=1e-4)


def test_few_words_tell_nothing_by_themselves(said: list[Said]) -> None:
    assert [each.is_telling for each in said] == [True, True, True, False]
