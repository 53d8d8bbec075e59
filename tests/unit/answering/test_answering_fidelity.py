"""Addresses, numbers to call and names stand in the evidence, or the sentence is not released."""

from __future__ import annotations

import pytest

from engine.answering.fidelity import Infidelity, infidelity

KNOWN = (
    "Maruvale help\nWrite to help@maruvale.example or call +49 30 1234567. See https://maruvale.example/returns for "
    "the form. The Breva K2 is made in Porto."
)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Write to help@maruvale.example.", None),
        ("Write to scam@evil.example.", Infidelity.CONTACT),
        ("See maruvale.example/returns.", None),
        ("See www.maruvale.example/returns!", None),
        ("See https://maruvale.example/refunds.", Infidelity.CONTACT),
        ("Download it from shop-deals.example.", Infidelity.CONTACT),
        ("Call +49 (30) 123-4567.", None),
        ("Call 030 1234567.", Infidelity.CONTACT),
        ("Call +49 30 1234568.", Infidelity.CONTACT),
        ("拨打 +49 30 1234568。", Infidelity.CONTACT),
        ("The kettle is made in Porto.", None),
        ("The kettle is made in Lisbon.", Infidelity.NAME),
        ("水壶是 Breva K2。", None),
        ("水壶是 Aurora K2。", Infidelity.NAME),
        ("Этот чайник сделан в городе Lisbon.", Infidelity.NAME),
        ("The Kettle Is Made Somewhere Else.", None),
        ("1. Contact the desk: Write to us.", None),
    ],
)
def test_what_is_named_must_be_known(claim: str, wrong: Infidelity | None) -> None:
    assert infidelity(claim, [], KNOWN, language="en") is wrong


def test_german_nouns_are_no_names() -> None:
    assert infidelity("Der Wasserkocher hat einen Deckel.", [], KNOWN, language="de") is None


def test_names_may_be_inflected() -> None:
    assert infidelity("Это сделано в Лиссабоне.", [], "Завод: Лиссабон", language="ru") is None


def test_a_denial_is_told() -> None:
    assert infidelity("It is not grey.", ["It is grey."], KNOWN, language="en") is Infidelity.NEGATION
