"""Find what a message names: orders, parcels, articles, amounts, dates, products, and how to reach the customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.answering.handover.facts import collected_facts
from engine.domain.handoff import Fact, FactKind
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.domain.triage import Entity

__all__ = ["entities"]

# Forms of carriers, and the item identifiers of the Universal Postal Union (standard S10).
_PARCEL: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:1Z[0-9A-Z]{16}|[A-Z]{2}[0-9]{9}[A-Z]{2}|(?:SF|YT|JD|JT|ZTO|STO|YTO|EMS)[0-9A-Z]{10,18}|"
    r"TBA[0-9]{12}|JJD[0-9]{16,20}|[0-9]{4}-[0-9]{4}-[0-9]{4})(?![A-Za-z0-9])"
)
_PARCEL_WORDS: Final = re.compile(
    r"(?:tracking|consignment|waybill|parcel|shipment)\s?(?:number|no\.?|code|id|#)?|运单号?|快递单号?|物流单号?|单号(?=SF|YT)|"
    r"配送編號|託運單號?|貨運單號?|物流編號|追跡番号|追跡|送り状番号|"
    r"お?問い?合わ?せ番号|伝票番号|운송장|송장|sendungs\w*|numéro de suivi|"
    r"número de seguimiento|tracciatura|rastreio|трек\w*",
    re.IGNORECASE,
)
_ARTICLE_WORDS: Final = re.compile(
    r"\b(?:sku|part (?:number|no\.?)|item (?:number|no\.?)|article (?:number|no\.?)|model (?:number|no\.?))|"
    r"货号|商品编号|料号|料號|貨號|商品編號|型号|型號|品番|型番|商品番号|商品コード|"
    r"품번|artikelnummer|référence|referencia|codice articolo|артикул",
    re.IGNORECASE,
)
_CODES: Final = {FactKind.ORDER_NUMBER, FactKind.CODE, FactKind.PHONE}
_STOP: Final = re.compile(r"[.!?。！？]\s|[。！？]")
_NEAR: Final = 16  # characters between a label and its code


def entities(text: str, language: str, passages: Sequence[Passage] = ()) -> tuple[Entity, ...]:
    """Return the entities in the order of their places; `passages` name the products, see `collected_facts`."""
    found = {entity.span: entity for entity in _parcels(text)}
    after = 0
    for fact in collected_facts((text,), language, passages):
        entity = _placed(fact, text, after)
        if entity and not any(_overlap(entity.span, span) for span in found):
            found[entity.span] = _labelled(entity, text)
    return tuple(sorted(found.values(), key=lambda each: each.span.start))


def _parcels(text: str) -> Iterator[Entity]:
    for match in _PARCEL.finditer(text):
        yield Entity(FactKind.TRACKING_NUMBER, match[0], match[0].lower(), Span(match.start(), match.end()))


def _placed(fact: Fact, text: str, after: int) -> Entity | None:
    """Return the fact with its place; a product is named in full, but stands in the text by its code."""
    names = (fact.text, fact.text.rpartition(" ")[2])
    at, name = next(((text.lower().find(each.lower(), after), each) for each in names if each), (-1, ""))
    if at < 0:
        at, name = text.lower().find(names[1].lower()), names[1]
    return Entity(fact.kind, fact.text, fact.normal, Span(at, at + len(name))) if at >= 0 else None


def _labelled(entity: Entity, text: str) -> Entity:
    """Return a code as what the words in front of it say that it is."""
    if entity.kind not in _CODES:
        return entity
    before = text[max(0, entity.span.start - _NEAR - 12) : entity.span.start]
    for kind, words in ((FactKind.TRACKING_NUMBER, _PARCEL_WORDS), (FactKind.SKU, _ARTICLE_WORDS)):
        label = list(words.finditer(before))
        between = before[label[-1].end() :] if label else ""
        if label and len(between) <= _NEAR and not _STOP.search(between):
            return replace(entity, kind=kind)
    return entity


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
