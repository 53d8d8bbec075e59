from __future__ import annotations

import pytest

from engine.languages.folding import fold
from engine.languages.quantity_patterns import QuantityKind, candidates


def kinds(text: str) -> list[tuple[QuantityKind, str]]:
    """Return the kind and the text of every candidate, in the order in which they count."""
    folded = fold(text)
    return [(kind, folded[start:end]) for start, end, (kind, _) in candidates(folded)]


def first(text: str) -> tuple[QuantityKind, str]:
    return kinds(text)[0]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("from 2026-03-01 on", QuantityKind.DATE, "2026-03-01"),
        ("for EUR 4.90 only", QuantityKind.MONEY, "eur 4.90"),
        ("for 4.90 EUR only", QuantityKind.MONEY, "4.90 eur"),
        ("see E12 now", QuantityKind.CODE, "e12"),
        ("at 2 p.m. sharp", QuantityKind.TIME, "2 p.m."),
        ("15 % off", QuantityKind.PERCENT, "15 %"),
        ("in 30 days", QuantityKind.DURATION, "30 days"),
        ("up to 1.2 l", QuantityKind.MEASURE, "1.2 l"),
        ("call 020 7946 0123", QuantityKind.CODE, "020 7946 0123"),
        ("a 2b pencil", QuantityKind.CODE, "2b"),
        ("12 steps", QuantityKind.NUMBER, "12"),
        ("a 1⁄2 cup", QuantityKind.NUMBER, "1⁄2"),
    ],
)
def test_the_first_candidate_counts(text: str, kind: QuantityKind, stretch: str) -> None:
    assert first(text) == (kind, stretch)


def test_the_parts_of_a_quantity_are_candidates_too_but_later() -> None:
    found = kinds("30 days")
    assert found[0] == (QuantityKind.DURATION, "30 days")
    assert found[-1] == (QuantityKind.NUMBER, "30")


@pytest.mark.parametrize(
    "text",
    ["30 daylight lamps", "2 launches", "5 west", "8 hosts", "3 wonders", "4 mobiles", "6 euroscepticism"],
)
def test_a_unit_is_a_whole_word(text: str) -> None:
    assert first(text)[0] is QuantityKind.NUMBER


@pytest.mark.parametrize("text", ["between 5 元 30 件", "5元30件"])
def test_a_counter_belongs_to_the_amount_before_it(text: str) -> None:
    assert [kind for kind, stretch in kinds(text) if "元" in stretch] == [QuantityKind.MONEY]
    assert all(not stretch.startswith("元") for _, stretch in kinds(text))


@pytest.mark.parametrize("text", ["", "none", "wi-fi", "e-mail", "and/or", "一下", "⁄"])
def test_text_without_digits_has_no_candidates(text: str) -> None:
    assert kinds(text) == []
