"""What statements are about, in every script, and what is left of them without it."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.insights.likeness import Said
from engine.insights.statements import Statement
from engine.insights.subjects import FEW, Subject, Subjects, nameless
from engine.languages.folding import fold
from tests.fakes.repositories import document


def said(text: str, language: str = "en", context: str = "", home: str = "d") -> Statement:
    return Statement(text, language, Span(0, len(text)), context, document(home))


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Parcels to South Korea and the USA", {"KR", "US"}),
        ("한국으로 배송합니다", {"KR"}),
        ("대한민국 배송", {"KR"}),
        ("韓国への配送", {"KR"}),
        ("寄往韓國的包裹", {"KR"}),
        ("ส่งไปประเทศไทย", {"TH"}),
        ("الشحن إلى ألمانيا", {"DE"}),
        ("Versand nach Polen und in die Schweiz", {"PL", "CH"}),
        ("Giao hàng đến Việt Nam", {"VN"}),
        ("寄往台湾和香港", {"TW", "HK"}),
        ("寄往台灣和香港", {"TW", "HK"}),
        ("Papua New Guinea", {"PG"}),
        ("Nigeria", {"NG"}),
        ("Roman numerals of Indiana and American jerseys", set()),
        ("us, it, in, no", set()),
        ("", set()),
    ],
)
def test_countries_are_found_in_their_own_scripts(text: str, countries: set[str]) -> None:
    assert Subjects([]).of(said(text)).countries == countries


@pytest.mark.parametrize(
    ("folded", "names", "rest"),
    [
        ("the tranquillity of the quill", {"quill"}, "the tranquillity of the"),
        ("alto is altogether an alto", {"alto"}, "is altogether an"),
        ("quill的水箱", {"quill"}, "的水箱"),
        ("水箱quill和harrow", {"quill", "harrow"}, "水箱 和"),
        ("the e7 and the e70", {"e7"}, "the and the e70"),
        ("ключ r3", {"r3"}, "ключ"),
        ("quill", {"quill"}, ""),
        ("nothing of it", set(), "nothing of it"),
        ("a+b (c)", {"a+b"}, "(c)"),
    ],
)
def test_names_are_taken_out_as_whole_words(folded: str, names: set[str], rest: str) -> None:
    assert nameless(folded, Subject(frozenset(names))) == rest


def test_what_is_said_keeps_words_that_a_name_stands_in() -> None:
    statement = said("The Alto is altogether quiet.")
    one = Said(statement, Subject(frozenset({"alto"})), 0)
    assert one.text == "the is altogether quiet."
    assert one.is_telling


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The Harrow hums.", "en", {"harrow"}),
        ("Le Harrow est bruyant.", "fr", {"harrow"}),
        ("Harrow的水箱", "zh-Hans", {"harrow"}),
        ("Harrowのタンク", "ja", {"harrow"}),
        ("Harrow 물탱크", "ko", {"harrow"}),
        ("Der Harrow brummt.", "de", set()),
        ("Harrow hums.", "en", set()),
    ],
)
def test_a_name_is_known_by_how_its_language_writes_names(text: str, language: str, found: set[str]) -> None:
    subjects = Subjects([said(text, language)])
    assert subjects.of(said("What of the Harrow?")).names == found


def test_a_word_that_is_written_small_somewhere_is_no_name() -> None:
    subjects = Subjects([said("The Kettle is new."), said("a kettle boils", home="other")])
    assert subjects.of(said("The Kettle")).names == frozenset()


@pytest.mark.parametrize(("documents", "known"), [(FEW, True), (FEW + 1, False)])
def test_few_documents_may_always_share_a_name(documents: int, known: bool) -> None:
    texts = [said("All of Maruvale is here.", home=f"d{at}") for at in range(documents)]
    assert bool(Subjects(texts).of(texts[0]).names) is known


@pytest.mark.parametrize(
    ("one", "other", "about", "overlaps"),
    [
        (Subject(), Subject(), True, True),
        (Subject(frozenset({"r3"})), Subject(), True, True),
        (Subject(), Subject(frozenset({"r3"})), False, True),
        (Subject(frozenset({"r3"})), Subject(frozenset({"r3", "k2"})), False, True),
        (Subject(frozenset({"r3"})), Subject(frozenset({"k2"})), False, False),
        (Subject(countries=frozenset({"DE"})), Subject(), True, False),
        (Subject(countries=frozenset({"DE"})), Subject(countries=frozenset({"DE", "FR"})), False, False),
    ],
)
def test_subjects_hold_each_other_or_overlap(one: Subject, other: Subject, about: bool, overlaps: bool) -> None:
    assert one.is_about(other) is about
    assert one.overlaps(other) is overlaps is other.overlaps(one)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Error E7 means dirt.", {"e7"}),
        ("错误码E7表示脏污", {"e7"}),
        ("エラーE-12が出る", {"e-12"}),
        ("Call 112 in 2026.", set()),
    ],
)
def test_codes_are_what_a_statement_is_about(text: str, codes: set[str]) -> None:
    assert said(text).codes == codes


def test_weekdays_and_months_are_no_names_in_any_language() -> None:
    texts = [said("We open on Saturday and in October.", home="a"), said("Le magasin ouvre Samedi.", "fr", home="b")]
    subjects = Subjects(texts)
    assert all(subjects.of(each).names == frozenset() for each in texts)


@pytest.mark.parametrize("text", ["The REFUND", "Straße", "ΚΕΤΤΛΕ", "ｶﾞｽ"])
def test_folded_names_of_any_script_do_no_harm(text: str) -> None:
    assert nameless(fold(text), Subject(frozenset({"harrow"}))) == fold(text)
