"""Find numbers of cards, bank accounts and persons by form, check digit and label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.guard.check_digits import (
    is_cn_resident_id,
    is_hk_id,
    is_iban,
    is_jp_my_number,
    is_luhn,
    is_tw_id,
    is_us_ssn,
)
from engine.guard.check_digits_eu import is_de_tax_id, is_es_dni, is_fr_nir, is_it_codice, is_nl_bsn, is_pl_pesel
from engine.guard.context import before, is_reference
from engine.guard.findings import PersonalDatum, PersonalKind

__all__ = ["find_cards", "find_ibans", "find_national_ids"]

_SEPARATOR = re.compile(r"[\s()（）-]")
_CARD = re.compile(r"(?<![A-Za-z0-9_.-])\d(?:[ -]?\d){11,18}(?![A-Za-z0-9_]|[.-]\d)")
_ISSUED = re.compile(  # ISO/IEC 7812 issuer ranges with the lengths that the schemes use
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|"
    r"(?:6011|65\d\d|64[4-9]\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|095|[689]\d)\d{11}|62\d{14,17}|"
    r"(?:1800|2131)\d{11}|220[0-4]\d{12}"
)
_CARD_LABEL = re.compile(
    r"(?:card|\bcc\b|visa|master|amex|karte|carte|tarjeta|carta|cartão|карт\w*|thẻ|卡|カード|카드|บัตร|بطاقة)\D{0,24}$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")


def find_cards(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield payment cards: Luhn holds, and an issuer uses the range or a label says so."""
    for found in _CARD.finditer(text):
        digits = _SEPARATOR.sub("", found[0])
        labelled = _CARD_LABEL.search(before(text, found.start())) is not None
        issued = _ISSUED.fullmatch(digits) is not None and not is_reference(text, found.start())
        if is_luhn(digits) and (issued or labelled) and len(set(digits)) > 1:
            yield PersonalDatum(PersonalKind.CARD, Span(*found.span()), 0.95 if issued else 0.85)


def find_ibans(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield account numbers, written in groups or not; words that follow are left out."""
    for found in _IBAN.finditer(text):
        for end in (len(found[0]), *(space.start() for space in reversed(list(re.finditer(" ", found[0]))))):
            if is_iban(found[0][:end].replace(" ", "")):
                yield PersonalDatum(PersonalKind.IBAN, Span(found.start(), found.start() + end), 0.99)
                break


@dataclass(frozen=True, slots=True)
class _Number:
    """How a national number looks, and which words announce one that its form alone does not show."""

    kind: PersonalKind
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    label: re.Pattern[str] | None = None


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9.-]){body}(?![A-Za-z0-9]|-\d)")


_NATIONAL = (
    _Number(PersonalKind.US_SSN, _pattern(r"\d{3}[- ]\d{2}[- ]\d{4}"), is_us_ssn),
    _Number(PersonalKind.US_SSN, _pattern(r"\d{9}"), is_us_ssn, re.compile(r"(?:ssn|social security)\D{0,20}$", re.I)),
    _Number(PersonalKind.CN_RESIDENT_ID, _pattern(r"[1-9]\d{16}[0-9Xx]"), is_cn_resident_id),
    _Number(PersonalKind.HK_ID, _pattern(r"[A-Za-z]{1,2}\d{6}[(（][0-9Aa][)）]"), is_hk_id),
    _Number(
        PersonalKind.HK_ID,
        _pattern(r"[A-Za-z]{1,2}\d{6}[0-9Aa]"),
        is_hk_id,
        re.compile(r"(?:hkid|identity card|身份證|身份证)\W{0,3}\w{0,6}\W{0,3}$", re.I),
    ),
    _Number(PersonalKind.TW_ID, _pattern(r"[A-Za-z][1289]\d{8}"), is_tw_id),
    _Number(
        PersonalKind.JP_MY_NUMBER,
        _pattern(r"\d{4}[- ]?\d{4}[- ]?\d{4}"),
        is_jp_my_number,
        re.compile(r"(?:マイナンバー|個人番号|my\s?number)\D{0,12}$", re.I),
    ),
    _Number(PersonalKind.EU_ID, _pattern(r"(?:\d{8}|[XYZxyz]\d{7})-?[A-HJ-NP-TV-Za-hj-np-tv-z]"), is_es_dni),
    _Number(PersonalKind.EU_ID, _pattern(r"[A-Za-z]{6}\d{2}[A-Za-z]\d{2}[A-Za-z]\d{3}[A-Za-z]"), is_it_codice),
    _Number(
        PersonalKind.EU_ID,
        _pattern(r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[ABab]) ?\d{3} ?\d{3} ?\d{2}"),
        is_fr_nir,
    ),
    _Number(
        PersonalKind.EU_ID,
        _pattern(r"\d{9}"),
        is_nl_bsn,
        re.compile(r"(?:\bbsn\b|burgerservicenummer|citizen service number)\D{0,12}$", re.I),
    ),
    _Number(PersonalKind.EU_ID, _pattern(r"\d{11}"), is_pl_pesel, re.compile(r"\bpesel\b\D{0,12}$", re.I)),
    _Number(
        PersonalKind.EU_ID,
        _pattern(r"\d{2} ?\d{3} ?\d{3} ?\d{3}"),
        is_de_tax_id,
        re.compile(r"(?:steuer-?(?:id\w*|nummer)|idnr|tax id)\.?\D{0,20}$", re.I),
    ),
)


def find_national_ids(text: str, language: str) -> Iterator[PersonalDatum]:  # noqa: ARG001
    """Yield national identity numbers whose check digit holds and that no label calls something else."""
    for number in _NATIONAL:
        for found in number.pattern.finditer(text):
            labelled = number.label is not None and number.label.search(before(text, found.start())) is not None
            allowed = labelled if number.label else not is_reference(text, found.start())
            if allowed and number.is_valid(_SEPARATOR.sub("", found[0])):
                yield PersonalDatum(number.kind, Span(*found.span()), 0.93)
