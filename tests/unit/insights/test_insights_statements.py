from __future__ import annotations

import pytest

from engine.domain.knowledge import DocumentKind, Span
from engine.insights.statements import Statement, disagree, in_document, in_text, without_values
from tests.fakes.repositories import chunked, document

CHAT = "Customer: How long is the Harrow's warranty?\nAgent: Hello! It lasts 24 months.\nCustomer: Thanks!\n"


def statement(text: str, language: str = "en", context: str = "") -> Statement:
    return Statement(text, language, Span(0, len(text)), context)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Returns within 30 days.", "Returns within 14 days.", True),
        ("Returns within 14 days.", "Returns within two weeks.", False),
        ("保修期为12个月。", "保修期為一年。", False),
        ("保修期为12个月。", "保証期間は24か月です。", True),
        ("It costs EUR 5.", "It costs USD 5.", False),
        ("It costs EUR 5.", "It costs EUR 6.", True),
        ("The tank holds 1.7 litres.", "水箱容量为1.2升。", True),
        ("The tank holds 1.7 litres.", "It weighs 2 kg.", False),
        ("From 3 to 5 days.", "In 5 days.", False),
        ("We open at 9:00.", "客服热线10点开通。", True),
        ("You save 10%.", "You save 15%.", True),
        ("You may return it.", "Returns within 14 days.", False),
    ],
)
def test_values_of_one_measure_are_compared(one: str, other: str, apart: bool) -> None:
    assert disagree(statement(one).values, statement(other).values) is apart
    assert disagree(statement(other).values, statement(one).values) is apart


def test_values_are_left_out_of_what_is_said() -> None:
    assert without_values("Returns within 30 days of delivery.") == "Returns within of delivery."
    assert statement("Die Rückgabe ist 30 Tage möglich.", "de").bare == "die rückgabe ist möglich."


def test_a_label_is_a_condition_unless_nothing_follows_but_a_value() -> None:
    assert {term for _, term in statement("For members of the club: Returns within 60 days.").condition} == {
        "member",
        "club",
    }
    assert not statement("Warranty period: 24 months.").condition
    assert not statement("Returns within 60 days.").condition


def test_codes_stand_in_the_sentence_and_above_it() -> None:
    assert statement("Error E7 means dirt.", context="Drift R3: manual").codes == {"e7", "r3"}


def test_statements_of_a_document_have_exact_places() -> None:
    text = "Returns last 30 days. Keep the box.\n\nWhich box? The one it came in."
    page = document("returns", title="Returns")
    found = list(in_document(page, chunked("returns", text, len(text)), text))
    assert [each.span.of(text) for each in found] == [each.text for each in found]
    assert found[0].text == "Returns last 30 days."
    assert {each.context for each in found} == {"Returns"}
    assert all(each.document == page for each in found)


def test_what_an_agent_says_stands_under_the_question() -> None:
    page = document("chat", kind=DocumentKind.TRANSCRIPT)
    told = [each for each in in_document(page, chunked("chat", CHAT, len(CHAT)), CHAT) if each.values]
    assert [(each.text, each.context) for each in told] == [
        ("It lasts 24 months.", "How long is the Harrow's warranty?")
    ]


def test_an_answer_of_no_document_is_read_alike() -> None:
    (one, other) = in_text("Boil it. Wait 5 minutes.", "en", context="Why?")
    assert (one.text, other.text, other.context, other.document) == ("Boil it.", "Wait 5 minutes.", "Why?", None)
