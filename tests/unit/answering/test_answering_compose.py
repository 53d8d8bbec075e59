"""Putting quotes together, each with its citation."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from engine.answering.compose import Piece, citation, pieces
from engine.answering.extract import Extraction, Quote
from engine.domain.answer import Citation
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from tests.builders import passage


def quotes(where: Passage, *texts: str, index: int = 0) -> tuple[Quote, ...]:
    """Return quotes of stretches of a passage."""
    starts = [where.span.start + where.text.index(text) for text in texts]
    return tuple(Quote(index, Span(start, start + len(text)), text) for start, text in zip(starts, texts, strict=True))


def answer_text(composed: list[Piece]) -> str:
    return "".join(piece.text for piece in composed)


def citations(composed: list[Piece]) -> list[Citation]:
    return [each for piece in composed for each in piece.citations]


TWO = {
    "en": ("Batteries have one year.", "Motors have three years."),
    "de": ("Der Akku hat ein Jahr.", "Der Motor hat drei Jahre."),
    "zh-Hans": ("电池保修一年。", "电机保修三年。"),
    "zh-Hant": ("電池保固一年。", "馬達保固三年。"),
    "ja": ("電池は1年です。", "モーターは3年です。"),
}


@pytest.mark.parametrize(
    ("language", "joiner"), [("en", " "), ("de", " "), ("zh-Hans", ""), ("zh-Hant", ""), ("zh-TW", ""), ("ja", "")]
)
def test_sentences_are_joined_as_the_language_joins_them(language: str, joiner: str) -> None:
    first, second = TWO.get(language, TWO["zh-Hant"])
    where = passage(f"{first} --- {second}", language=language)
    composed = list(pieces(Extraction(quotes(where, first, second)), [where]))
    assert answer_text(composed) == first + joiner + second


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ja"])
def test_steps_stand_on_lines_of_their_own(language: str) -> None:
    where = passage("1. Boil.\n2. Rinse.\n3. Dry.", language=language)
    extraction = Extraction(quotes(where, "1. Boil.", "2. Rinse.", "3. Dry."), steps=True)
    assert answer_text(list(pieces(extraction, [where]))) == "1. Boil.\n2. Rinse.\n3. Dry."


@pytest.mark.parametrize("language", sorted(TWO))
def test_citations_point_at_their_words_in_the_answer(language: str) -> None:
    first, second = TWO[language]
    where = passage(f"{first}\n{second}", language=language, start=77)
    composed = list(pieces(Extraction(quotes(where, first, second)), [where]))
    text = answer_text(composed)
    assert [each.answer_span.of(text) for each in citations(composed)] == [first, second]
    assert [each.quote for each in citations(composed)] == [first, second]


def test_each_piece_brings_its_own_evidence() -> None:
    where = passage("Boil. Rinse.")
    composed = list(pieces(Extraction(quotes(where, "Boil.", "Rinse.")), [where]))
    assert [(piece.text, len(piece.citations)) for piece in composed] == [("Boil.", 1), (" Rinse.", 1)]


def test_quotes_of_several_passages_name_their_documents() -> None:
    english, japanese = passage("Boil.", document="kettle"), passage("乾かします。", language="ja", document="tank")
    extraction = Extraction((*quotes(english, "Boil."), *quotes(japanese, "乾かします。", index=1)))
    found = citations(list(pieces(extraction, [english, japanese])))
    assert [(each.document_id, each.language) for each in found] == [("kettle", "en"), ("tank", "ja")]


def test_nothing_to_quote_is_nothing_said() -> None:
    assert list(pieces(Extraction(()), [passage("Boil.")])) == []


def test_a_citation_says_where_the_quote_is_from() -> None:
    where = replace(
        passage("Boil. Rinse.", language="en", section=("Kettle", "Care"), start=40, score=6.5),
        kind=DocumentKind.MANUAL,
        version=3,
        page=12,
    )
    found = citation(where, Quote(0, Span(46, 52), "Rinse."), Span(10, 16))
    assert (found.span, found.quote, found.answer_span) == (Span(46, 52), "Rinse.", Span(10, 16))
    shared = {each.name for each in fields(found)} & {each.name for each in fields(where)} - {"span"}
    assert {"document_id", "version", "title", "uri", "kind", "language", "section", "page", "score"} == shared
    for name in shared:
        assert getattr(found, name) == getattr(where, name), name


def test_the_id_of_a_citation_depends_on_what_is_cited() -> None:
    where = passage("Boil. Rinse.")
    first, second = Quote(0, Span(0, 5), "Boil."), Quote(0, Span(6, 12), "Rinse.")
    again = citation(where, first, Span(30, 35))
    assert citation(where, first, Span(0, 5)).id == again.id
    others = [
        citation(where, second, Span(0, 6)),
        citation(replace(where, version=2), first, Span(0, 5)),
        citation(replace(where, document_id="other"), first, Span(0, 5)),
    ]
    assert len({again.id, *(each.id for each in others)}) == 4
