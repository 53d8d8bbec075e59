"""Check digits of European identity numbers, with published examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.domain.knowledge import Span
from engine.guard.check_digits_eu import is_de_tax_id, is_es_dni, is_fr_nir, is_it_codice, is_nl_bsn, is_pl_pesel
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import find, scrub

VALID = [
    (is_es_dni, "12345678Z"),
    (is_es_dni, "X1234567L"),
    (is_it_codice, "RSSMRA85T10A562S"),
    (is_fr_nir, "255081416802538"),
    (is_nl_bsn, "111222333"),
    (is_pl_pesel, "44051401359"),
    (is_de_tax_id, "86095742719"),
]


@pytest.mark.parametrize(("is_valid", "code"), VALID)
def test_valid_ones(is_valid: Callable[[str], bool], code: str) -> None:
    assert is_valid(code)


@pytest.mark.parametrize(("is_valid", "code"), VALID)
def test_another_last_character_is_wrong(is_valid: Callable[[str], bool], code: str) -> None:
    others = "0123456789" if code[-1].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert [char for char in others if is_valid(code[:-1] + char)] == [code[-1]]


@pytest.mark.parametrize(("is_valid", "code"), VALID)
@pytest.mark.parametrize("cut", [0, 1, 5])
def test_other_lengths_are_wrong(is_valid: Callable[[str], bool], code: str, cut: int) -> None:
    assert not is_valid(code[:cut])
    assert not is_valid(f"{code}0")


@pytest.mark.parametrize("code", ["1234567AZ", "É2345678Z", "RSSMRA85T10A56!S", "2550814168025XY"])
def test_other_characters_are_wrong(code: str) -> None:
    assert not any(is_valid(code) for is_valid in (is_es_dni, is_it_codice, is_fr_nir))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Su DNI 12345678Z está registrado.", "12345678Z"),
        ("Codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S"),
        ("Numéro 2 55 08 14 168 025 38 enregistré", "2 55 08 14 168 025 38"),
        ("Uw BSN 111222333 is bekend.", "111222333"),
        ("PESEL: 44051401359", "44051401359"),
        ("Ihre Steuer-ID 86 095 742 719 liegt vor.", "86 095 742 719"),
    ],
)
def test_they_are_found_in_text(text: str, number: str) -> None:
    start = text.index(number)
    found = [(datum.kind, datum.span) for datum in find(text)]
    assert found == [(PersonalKind.EU_ID, Span(start, start + len(number)))]
    assert number not in scrub(text).text
    assert "[id 1]" in scrub(text).text


@pytest.mark.parametrize("text", ["DNI 12345678A", "111222333", "44051401359 pieces", "order 86095742719"])
def test_wrong_or_unlabelled_ones_are_left_alone(text: str) -> None:
    assert [datum for datum in find(text) if datum.kind is PersonalKind.EU_ID] == []
