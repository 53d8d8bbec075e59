from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.insights.statements import Statement
from engine.insights.subjects import Subject, Subjects, nameless
from engine.languages.folding import fold
from tests.fakes.repositories import document


def said(text: str, language: str = "en", context: str = "", home: str = "d") -> Statement:
    return Statement(text, language, Span(0, len(text)), context, document(home))


TEXTS = [
    said("The tank of the Harrow is large."),
    said("Cleaning the Quill is easy, says the Quill team."),
    said("Harrow的保修期为两年。", "zh-Hans"),
    said("We deliver on Saturday, in May and to Saturdays' friends."),
    said("Cleaning helps. The cleaning takes an hour."),
    said("Die Lampe Quill hat eine Garantie.", "de"),
]


def test_names_are_words_that_are_never_written_small() -> None:
    subjects = Subjects(TEXTS)
    assert subjects.of(said("Harrow, Quill, Cleaning, Saturday, Lampe.")).names == {"harrow", "quill"}
    assert subjects.of(said("Quill的水箱", "zh-Hans", context="关于Harrow")).names == {"harrow", "quill"}


def test_a_name_that_most_documents_have_tells_nothing() -> None:
    texts = [said("All of Maruvale is here.", home=f"d{n}") for n in range(9)]
    assert Subjects(texts).of(texts[0]).names == frozenset()
    assert Subjects(texts[:3]).of(texts[0]).names == {"maruvale"}


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Parcels to Germany and to Japan.", {"DE", "JP"}),
        ("寄到德国的包裹", {"DE"}),
        ("發往法國的包裹", {"FR"}),
        ("ドイツへの配送", {"DE"}),
        ("Lieferung nach Österreich", {"AT"}),
        ("A Turkey sandwich for Chad.", set()),
        ("The industry.", set()),
    ],
)
def test_countries_are_known_in_many_languages(text: str, countries: set[str]) -> None:
    assert Subjects([]).of(said(text)).countries == countries


def test_codes_are_names() -> None:
    assert Subjects([]).of(said("The R7 stops.", context="E12: manual")).names == {"r7", "e12"}


def test_names_are_left_out_of_what_is_said() -> None:
    subject = Subject(frozenset({"harrow"}), frozenset({"DE"}))
    assert nameless(fold("The Harrow goes to Germany."), subject) == "the goes to ."


def test_what_somebody_speaks_of_includes_what_a_page_is_about() -> None:
    page, talk = Subject(frozenset({"r7"})), Subject(frozenset({"r7", "berlin"}))
    assert talk.is_about(page)
    assert not page.is_about(talk)
    assert Subject().is_empty
    assert not page.is_empty


def test_names_in_two_scripts_do_not_rule_each_other_out() -> None:
    assert Subject(frozenset({"r7"})).overlaps(Subject())
    assert not Subject(frozenset({"r7"})).overlaps(Subject(frozenset({"k3"})))
    assert not Subject(countries=frozenset({"DE"})).overlaps(Subject())
