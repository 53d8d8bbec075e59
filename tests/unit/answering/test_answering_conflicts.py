"""Sentences that contradict each other, and which of them stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from engine.answering.conflicts import Settled, can_conflict, settled
from engine.answering.extract import Extraction, Quote
from engine.domain.conflict import ConflictBasis
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from tests.builders import passage, quoted

OLD, NEW = date(2025, 1, 1), date(2026, 1, 1)
THIRTY = passage("You may return an item within 30 days of delivery.", document="thirty", start=40)
FOURTEEN = passage("Items may be returned within 14 days of delivery.", document="fourteen")


def first(where: Passage) -> Extraction:
    return Extraction((Quote(0, where.span, where.text),), coverage=1.0)


def settle(passages: Sequence[Passage], out_of_force: Sequence[Passage] = ()) -> Settled:
    return settled(first(passages[0]), passages, out_of_force=out_of_force)


def test_what_is_out_of_force_is_reported_and_changes_nothing() -> None:
    found = settle([THIRTY], [FOURTEEN])
    assert found.extraction == first(THIRTY)
    (conflict,) = found.conflicts
    assert (conflict.decided_by, conflict.against.document_id) == (ConflictBasis.VALIDITY, "fourteen")
    assert conflict.holds.quote == quoted(THIRTY, conflict.holds.span)
    assert not found.undecided


def test_the_stronger_passage_takes_the_place_of_a_quote() -> None:
    other = passage("The label is free.", document="label")
    policy = replace(FOURTEEN, kind=DocumentKind.POLICY)
    found = settle([THIRTY, other, policy])
    assert [each.document_id for each in found.passages] == ["label", "fourteen"]
    assert [(quote.passage, quote.text) for quote in found.extraction.quotes] == [(1, FOURTEEN.text)]
    assert found.conflicts[0].decided_by is ConflictBasis.KIND
    assert found.conflicts[0].against.quote == THIRTY.text


@pytest.mark.parametrize(
    ("ours", "theirs", "winner", "basis"),
    [
        ({"effective_from": NEW}, {"effective_from": OLD}, "thirty", ConflictBasis.DATE),
        ({"effective_from": OLD, "kind": DocumentKind.POLICY}, {"effective_from": NEW}, "fourteen", ConflictBasis.DATE),
        ({}, {"effective_from": OLD}, "fourteen", ConflictBasis.DATE),
        ({"kind": DocumentKind.FAQ}, {"kind": DocumentKind.CASE}, "thirty", ConflictBasis.KIND),
        ({"kind": DocumentKind.FAQ}, {"kind": DocumentKind.MANUAL}, "fourteen", ConflictBasis.KIND),
        ({"kind": DocumentKind.MANUAL}, {"kind": DocumentKind.PAGE}, "thirty", ConflictBasis.NOTHING),
    ],
)
def test_dates_decide_before_kinds(
    ours: dict[str, object], theirs: dict[str, object], winner: str, basis: ConflictBasis
) -> None:
    found = settle([replace(THIRTY, **ours), replace(FOURTEEN, **theirs)])  # type: ignore[arg-type]
    (conflict,) = found.conflicts
    assert (conflict.holds.document_id, conflict.decided_by) == (winner, basis)
    assert found.undecided is (basis is ConflictBasis.NOTHING)


def test_both_sides_quoted_leaves_one() -> None:
    both = Extraction((Quote(0, THIRTY.span, THIRTY.text), Quote(1, FOURTEEN.span, FOURTEEN.text)))
    policy = replace(THIRTY, kind=DocumentKind.POLICY)
    found = settled(both, [policy, FOURTEEN])
    assert [quote.text for quote in found.extraction.quotes] == [THIRTY.text]
    assert len(found.conflicts) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Items may be returned within 30 days of delivery.",
        "Items may be returned within one month of delivery, that is 30 days.",
        "A refund arrives within 14 days.",
        "The motor comes with a warranty of 14 days.",
        "The R3 may be returned within 14 days of delivery.",
        "Items may be returned at any time.",
        "Artikel können innerhalb von 14 Tagen zurückgegeben werden.",
    ],
)
def test_what_agrees_or_speaks_of_something_else_is_no_conflict(other: str) -> None:
    language = "de" if other.startswith("Artikel") else "en"
    found = settle([THIRTY, passage(other, document="other", language=language)])
    assert found.conflicts == ()
    assert found.passages == [THIRTY, found.passages[1]]


def test_rows_about_different_cases_are_no_conflict() -> None:
    battery = passage("Part: battery; Warranty: 1 year", document="a")
    assert settle([battery, passage("Part: motor; Warranty: 3 years", document="b")]).conflicts == ()
    assert len(settle([battery, passage("Part: battery; Warranty: 2 years", document="b")]).conflicts) == 1


def test_one_document_does_not_contradict_itself_but_an_older_version_may() -> None:
    again = replace(FOURTEEN, document_id="thirty")
    assert settle([THIRTY, again]).conflicts == ()
    assert settle([THIRTY], [replace(again, version=2)]).conflicts[0].against.version == 2


def test_quotes_without_values_and_steps_are_left_alone() -> None:
    assert can_conflict(first(THIRTY))
    assert not can_conflict(replace(first(THIRTY), steps=True))
    assert not can_conflict(first(passage("The label is free.")))
    assert not can_conflict(Extraction(()))
    assert settle([passage("The label is free."), FOURTEEN]).conflicts == ()
