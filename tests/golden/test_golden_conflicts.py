"""Documents that disagree, end to end: which of them is answered from, and what is said of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from engine.domain.answer import AbstentionReason, Answer
from engine.domain.conflict import ConflictBasis
from engine.domain.knowledge import Document, DocumentKind
from tests.unit.engine.desk import TODAY, Desk, open_desk, page

YESTERDAY, TOMORROW = date(2026, 6, 30), date(2026, 7, 2)


@dataclass(frozen=True)
class Case:
    """A question, what holds and what is said elsewhere, and a value of each that tells them apart."""

    language: str
    question: str
    holds: str
    against: str
    right: str
    wrong: str


CASES = [
    Case(
        "en",
        "How many days do I have to return an item?",
        "You may return an item within 30 days of delivery, for any reason.",
        "Items may be returned within 14 days of delivery.",
        "30 days",
        "14 days",
    ),
    Case(
        "zh-Hans",
        "收到商品后多少天内可以退货？",
        "收到商品后 30 天内可以退货。",
        "收到商品后 14 天内可以申请退货。",
        "30 天",
        "14 天",
    ),
    Case(
        "zh-Hant",
        "一般宅配的運費是多少錢？",
        "一般宅配的運費是 80 元。",
        "一般宅配的運費為 100 元。",
        "80 元",
        "100 元",
    ),
    Case(
        "ja", "電池の保証期間は何年ですか", "電池の保証期間は 1 年です。", "電池の保証期間は 2 年です。", "1 年", "2 年"
    ),
    Case(
        "de",
        "Wie lange gilt die Garantie für den Akku?",
        "Die Garantie für den Akku gilt zwei Jahre ab Lieferung.",
        "Für den Akku gilt die Garantie ein Jahr ab Lieferung.",
        "zwei Jahre",
        "ein Jahr",
    ),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def side(case: Case, name: str, **fields: object) -> tuple[Document, str]:
    """Return a document that says what holds, or the other thing."""
    text = case.holds if name == "holds" else case.against
    document, _ = page(name, text, language=case.language, title=name)
    return replace(document, **fields), text  # type: ignore[arg-type]


def check(answer: Answer, case: Case, basis: ConflictBasis) -> None:
    assert answer.text is not None
    assert case.right in answer.text.text
    assert case.wrong not in answer.text.text
    assert {citation.uri for citation in answer.citations} == {"holds.md"}
    (conflict,) = answer.conflicts
    assert conflict.decided_by is basis
    assert (conflict.holds.uri, conflict.against.uri) == ("holds.md", "against.md")
    assert case.wrong in conflict.against.quote


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
@pytest.mark.parametrize("days", [{"effective_until": YESTERDAY}, {"effective_from": TOMORROW}], ids=["past", "future"])
def test_what_is_valid_today_wins(desk: Desk, case: Case, days: dict[str, date]) -> None:
    desk.add(side(case, "against", **days), side(case, "holds"))
    answer = desk.ask(case.question)
    check(answer, case, ConflictBasis.VALIDITY)
    assert (answer.conflicts[0].against.effective_from or answer.conflicts[0].against.effective_until) in days.values()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_the_newer_effective_date_wins_whatever_the_kind(desk: Desk, case: Case) -> None:
    old = side(case, "against", effective_from=date(2025, 1, 1), kind=DocumentKind.POLICY)
    desk.add(old, side(case, "holds", effective_from=YESTERDAY, kind=DocumentKind.FAQ))
    check(desk.ask(case.question), case, ConflictBasis.DATE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (DocumentKind.POLICY, DocumentKind.PAGE),
        (DocumentKind.MANUAL, DocumentKind.FAQ),
        (DocumentKind.POLICY, DocumentKind.FAQ),
    ],
)
def test_the_kind_decides_where_dates_do_not(
    desk: Desk, case: Case, stronger: DocumentKind, weaker: DocumentKind
) -> None:
    desk.add(side(case, "against", kind=weaker), side(case, "holds", kind=stronger))
    check(desk.ask(case.question), case, ConflictBasis.KIND)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_where_nothing_decides_nothing_is_answered(desk: Desk, case: Case) -> None:
    desk.add(side(case, "against"), side(case, "holds"))
    answer = desk.ask(case.question)
    assert answer.text is None
    assert answer.abstained is not None
    assert answer.abstained.reason is AbstentionReason.CONFLICT
    assert answer.handoff is not None
    assert {each.decided_by for each in answer.conflicts} == {ConflictBasis.NOTHING}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_documents_that_agree_are_no_conflict(desk: Desk, case: Case) -> None:
    desk.add(side(case, "holds"), page("again", case.holds, language=case.language))
    answer = desk.ask(case.question)
    assert answer.text is not None
    assert answer.conflicts == ()


def test_the_day_that_is_asked_about_decides(desk: Desk) -> None:
    case = CASES[0]
    desk.add(side(case, "against", effective_from=TOMORROW), side(case, "holds", effective_until=TODAY))
    check(desk.ask(case.question), case, ConflictBasis.VALIDITY)
    later = desk.ask(case.question, as_of=TOMORROW)
    assert later.text is not None
    assert case.wrong in later.text.text
    assert later.conflicts[0].against.uri == "holds.md"
