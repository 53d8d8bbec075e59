"""Laws of answering: quotes are exact, coverage and confidence are shares, and no text breaks anything."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answering.compose import pieces
from engine.answering.confidence import Matter, confidence
from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.evidence import candidate_sentences, step_lines
from engine.answering.extract import Extraction, ExtractOptions, extract
from engine.answering.followups import follow_ups
from engine.answering.questions import answers_type, question_types
from engine.answering.request import says_something, validated
from engine.answering.signals import Signals, signals
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from engine.errors import InvalidInput
from engine.languages.profile import QuestionType
from engine.retrieval.highlight import highlighted
from engine.retrieval.standalone import standalone_query
from tests.builders import asked, passage, quoted

few = settings(derandomize=True, deadline=None, max_examples=60)

PLAIN = "battery warranty kettle refund Drift R3 2026 How do I when ? . ! 1. 2. - • ( [ \\ '"
CJK = "电池 保修 怎么 退货 什么时候 。 ？ 電池 保固 濾網 返品 は どうすれば 保証 です ﾌｨﾙﾀｰ ＡＢ 」"
ODD = "Garantie für ß İ é e\u0301 \u200d 🧺 👩🏽\u200d🔧 \u202e \x00 \ud83d ﷺ"
WORDS = [*PLAIN.split(" "), *CJK.split(" "), *ODD.split(" "), "\n", "\n\n", "\n10:02 Customer:", "\n10:03 客服："]
LANGUAGES = ["en", "zh-Hans", "zh-Hant", "ja", "de", "th", "und", ""]

natural = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
packed = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
anything = st.one_of(natural, packed, st.text(max_size=60))
languages = st.sampled_from(LANGUAGES)
share = st.floats(0, 1, allow_nan=False)
evidence = st.lists(
    st.builds(
        passage,
        anything,
        language=languages,
        title=anything,
        section=st.lists(anything, max_size=2),
        start=st.integers(0, 5000),
        score=st.one_of(st.floats(-5, 5), st.floats(0, 60)),
        cosine=st.one_of(st.none(), st.floats(-1, 1)),
        bm25=st.one_of(st.none(), st.floats(0, 40)),
        kind=st.sampled_from([DocumentKind.PAGE, DocumentKind.TRANSCRIPT]),
    ),
    max_size=5,
)
matters = st.sampled_from([each for each in Matter if each is not Matter.WORDINGS])
measures = st.builds(Signals, **{each.name: st.floats(0, 5) for each in fields(Signals)})


@few
@given(anything, languages, evidence, st.integers(1, 4))
def test_every_citation_is_the_stored_text_and_points_at_its_words(
    question: str, language: str, passages: list[Passage], allowed: int
) -> None:
    found = extract(question, language, passages, ExtractOptions(max_sentences=allowed))
    composed = list(pieces(found, passages))
    text = "".join(piece.text for piece in composed)
    for quote, piece in zip(found.quotes, composed, strict=True):
        (citation,) = piece.citations
        assert citation.quote == quoted(passages[quote.passage], citation.span) == quote.text
        assert citation.answer_span.of(text) == citation.quote


@few
@given(anything, languages, evidence, st.integers(1, 4))
def test_quotes_are_few_disjoint_and_in_reading_order(
    question: str, language: str, passages: list[Passage], allowed: int
) -> None:
    options = ExtractOptions(max_sentences=allowed, max_steps=3, second_within=1e9)
    found = extract(question, language, passages, options)
    assert len(found.quotes) <= (3 if found.steps else allowed)
    for one, next_one in pairwise(found.quotes):
        assert (one.passage, one.span.end) <= (next_one.passage, next_one.span.start)
    assert all(quote.text.strip() == quote.text != "" for quote in found.quotes)


@few
@given(anything, languages, evidence)
def test_no_title_or_heading_is_quoted(question: str, language: str, passages: list[Passage]) -> None:
    for quote in extract(question, language, passages).quotes:
        source = passages[quote.passage]
        assert quote.text not in {source.title.strip(), *(part.strip() for part in source.section)}


@few
@given(anything, languages, evidence)
def test_extraction_covers_a_share_of_the_question(question: str, language: str, passages: list[Passage]) -> None:
    assert 0.0 <= extract(question, language, passages).coverage <= 1.0 + 1e-9


@few
@given(anything, anything, languages, st.lists(anything, max_size=4), anything)
def test_coverage_is_a_share_that_a_further_term_never_lowers(
    question: str, text: str, language: str, others: list[str], added: str
) -> None:
    bags = [term_set(each, language) for each in (text, *others)]
    terms = QuestionTerms.among(question, language, bags)
    before, after = terms.coverage(bags[0]), terms.coverage(bags[0] | term_set(added, language))
    assert 0.0 <= before <= after <= 1.0 + 1e-9


@few
@given(natural, languages, st.lists(anything, max_size=4))
def test_a_question_covers_itself(question: str, language: str, others: list[str]) -> None:
    bags = [term_set(each, language) for each in (question, *others)]
    terms = QuestionTerms.among(question, language, bags)
    assert terms.coverage(bags[0]) == pytest.approx(1.0 if len(terms) else 0.0)


@few
@given(measures, st.sampled_from([each.name for each in fields(Signals)]), st.floats(0, 3), matters)
def test_confidence_is_a_probability_that_no_signal_lowers(
    found: Signals, name: str, more: float, matter: Matter
) -> None:
    raised = replace(found, **{name: getattr(found, name) + more})
    assert 0.0 <= confidence(found, matter) <= confidence(raised, matter) <= 1.0


@few
@given(anything, languages, evidence, share)
def test_signals_of_any_search_are_within_their_ranges(
    question: str, language: str, passages: list[Passage], covered: float
) -> None:
    found = signals(question, language, passages, Extraction((), coverage=covered))
    assert 0.0 <= found.passage <= 1.0 + 1e-9
    assert found.lead >= 0.0
    assert found.strength >= 0.0
    assert 0.0 <= confidence(found, Matter.HEADED) <= 1.0


@few
@given(evidence)
def test_candidates_are_exact_trimmed_and_in_order(passages: list[Passage]) -> None:
    found = candidate_sentences(passages)
    for sentence in found:
        assert quoted(passages[sentence.passage], sentence.span) == sentence.text == sentence.text.strip() != ""
        assert sentence.distance >= 0
    places = [(sentence.passage, sentence.span.start) for sentence in found]
    assert places == sorted(set(places))


@few
@given(evidence)
def test_steps_are_lines_of_the_passage(passages: list[Passage]) -> None:
    for sentence in candidate_sentences(passages):
        where = passages[sentence.passage]
        lines = [line.strip() for line in where.text.split("\n")]
        steps = step_lines(where, sentence.span)
        assert len(steps) != 1
        assert all(quoted(where, span) in lines for span in steps)


@few
@given(anything, languages, evidence)
def test_follow_ups_are_at_most_three_different_questions(
    question: str, language: str, passages: list[Passage]
) -> None:
    found = follow_ups(question, extract(question, language, passages), passages)
    assert len(found) == len(set(found)) <= 3
    assert all(each.endswith(("?", "？")) and each != question for each in found)


@few
@given(anything, languages, evidence)
def test_highlights_are_disjoint_and_inside_the_passage(question: str, language: str, passages: list[Passage]) -> None:
    for where in passages:
        marks = highlighted(where, question, language).highlights
        assert all(where.span.start <= mark.start < mark.end <= where.span.end for mark in marks)
        assert all(one.end < next_one.start for one, next_one in pairwise(marks))


@few
@given(anything, languages, st.lists(anything, max_size=3))
def test_a_standalone_query_ends_with_the_question(question: str, language: str, before: list[str]) -> None:
    assert standalone_query(question, language, asked(*before)).endswith(question)


@few
@given(anything, languages, st.sampled_from(QuestionType))
def test_any_text_has_question_types_and_a_form(text: str, language: str, kind: QuestionType) -> None:
    assert question_types(text, language) <= set(QuestionType)
    assert answers_type(kind, text) in {True, False, None}


@few
@given(anything, st.integers(1, 80))
def test_a_question_is_taken_as_it_is_or_refused(text: str, limit: int) -> None:
    try:
        taken = validated(text, limit=limit)
    except InvalidInput:
        assert not text.replace("\x00", " ").strip() or len(text) > limit
    else:
        assert 0 < len(taken) <= limit
        assert taken == taken.strip()
        assert taken.encode()


@few
@given(anything, anything)
def test_a_letter_makes_any_text_say_something(before: str, after: str) -> None:
    assert says_something(f"{before}a{after}")
    assert says_something(before + after) == (says_something(before) or says_something(after))
