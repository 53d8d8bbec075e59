"""Values: a kind of personal data, and one that was found at a place of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.domain.knowledge import Span

__all__ = ["Finder", "PersonalDatum", "PersonalKind"]


class PersonalKind(StrEnum):
    """What sort of personal data it is. Order, invoice, tracking and case numbers are none."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    IBAN = "iban"
    IP = "ip"
    URL = "url"
    CREDENTIALS = "credentials"
    US_SSN = "us_ssn"
    CN_RESIDENT_ID = "cn_resident_id"
    HK_ID = "hk_id"
    TW_ID = "tw_id"
    JP_MY_NUMBER = "jp_my_number"
    EU_ID = "eu_id"
    ADDRESS = "address"
    NAME = "name"

    @property
    def placeholder(self) -> str:
        """The word that stands for it in a scrubbed text."""
        return _PLACEHOLDERS.get(self, str(self.value))


_IDS = (PersonalKind.US_SSN, PersonalKind.CN_RESIDENT_ID, PersonalKind.HK_ID, PersonalKind.TW_ID)
_PLACEHOLDERS = dict.fromkeys((*_IDS, PersonalKind.JP_MY_NUMBER, PersonalKind.EU_ID), "id") | {
    PersonalKind.CREDENTIALS: "link"
}


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """Personal data at `span` of a text; `confidence` is 0..1, from check digits, labels and form."""

    kind: PersonalKind
    span: Span
    confidence: float


Finder = Callable[[str, str], Iterator[PersonalDatum]]
"""Yields what it finds in a text of a language (BCP 47 tag, empty if unknown); findings may overlap."""
