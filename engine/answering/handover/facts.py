"""What a customer has already told: numbers, dates, amounts, the product, how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from engine.domain.handoff import Fact, FactKind
from engine.domain.knowledge import PAST_KINDS, Span
from engine.domain.search import Passage
from engine.guard.findings import PersonalKind
from engine.languages.folding import fold
from engine.languages.quantities import Quantity, QuantityKind, quantities

__all__ = ["collected_facts"]

MAX_FACTS = 20
_CONTACTS = {
    PersonalKind.NAME: FactKind.NAME,
    PersonalKind.EMAIL: FactKind.EMAIL,
    PersonalKind.PHONE: FactKind.PHONE,
    PersonalKind.ADDRESS: FactKind.ADDRESS,
}
_QUANTITIES = {QuantityKind.MONEY: FactKind.AMOUNT, QuantityKind.DATE: FactKind.DATE}
_ORDER_DIGITS = 6  # fewer are an error, a model or a serial number's beginning


def collected_facts(said: Iterable[str], language: str, passages: Sequence[Passage] = ()) -> tuple[Fact, ...]:
    """Return the facts in the customer's words `said`, each once, in the order told.

    Codes are products where the title of one of the `passages` names them: then the fact is the product's full name.
    """
    titles = tuple(dict.fromkeys(passage.title for passage in passages if passage.kind not in PAST_KINDS))
    found: dict[tuple[FactKind, str], Fact] = {}
    for text in said:
        for _, fact in sorted(_facts(text, language, titles), key=lambda each: each[0]):
            found.setdefault((fact.kind, fact.normal), fact)
    return tuple(found.values())[:MAX_FACTS]


def _facts(text: str, language: str, titles: Sequence[str]) -> Iterator[tuple[int, Fact]]:
    from engine.guard.personal_data import find  # most answers need none of its patterns

    contacts = [datum for datum in find(text, language, kinds=tuple(_CONTACTS)) if datum.kind in _CONTACTS]
    for datum in contacts:
        value = datum.span.of(text).strip()
        yield datum.span.start, Fact(_CONTACTS[datum.kind], value, fold(value))
    for quantity in quantities(text):
        if any(_overlap(quantity.span, datum.span) for datum in contacts):
            continue
        fact = _of_quantity(quantity, quantity.span.of(text).strip(" .,，。、"), titles)
        if fact:
            yield quantity.span.start, fact


def _of_quantity(quantity: Quantity, written: str, titles: Sequence[str]) -> Fact | None:
    if quantity.kind in _QUANTITIES:
        return Fact(_QUANTITIES[quantity.kind], written, quantity.value)
    if quantity.kind is not QuantityKind.CODE:
        return None
    if sum(character.isdigit() for character in quantity.value) >= _ORDER_DIGITS:
        return Fact(FactKind.ORDER_NUMBER, written, quantity.value)
    name = _product(written, titles)
    return Fact(FactKind.PRODUCT, name, fold(name)) if name else Fact(FactKind.CODE, written, quantity.value)


def _product(code: str, titles: Sequence[str]) -> str:
    """Return the name in the titles that ends in the code, such as "Drift R3"; the code itself if it stands alone."""
    pattern = re.compile(rf"(?:[A-Z][A-Za-z]+ )?(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", re.IGNORECASE)
    names = [found[0] for title in titles if (found := pattern.search(title))]
    return max(names, key=len, default="")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
