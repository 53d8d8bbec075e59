from __future__ import annotations

import pytest

from engine.assist.triage.entities import entities
from engine.domain.handoff import FactKind
from tests.builders import passage


def kinds(text: str, language: str = "en") -> dict[FactKind, str]:
    return {entity.kind: entity.text for entity in entities(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "kind", "value"),
    [
        ("order MV-2026-118420 is late", "en", FactKind.ORDER_NUMBER, "MV-2026-118420"),
        ("it is 1Z999AA10123456784", "en", FactKind.TRACKING_NUMBER, "1Z999AA10123456784"),
        ("RB123456785CN has stopped", "en", FactKind.TRACKING_NUMBER, "RB123456785CN"),
        ("快递单号SF1234567890123", "zh-Hans", FactKind.TRACKING_NUMBER, "SF1234567890123"),
        ("追跡番号は1234-5678-9012です", "ja", FactKind.TRACKING_NUMBER, "1234-5678-9012"),
        ("I need part number DB-R3-02", "en", FactKind.SKU, "DB-R3-02"),
        ("型番はDB-R3-02です", "ja", FactKind.SKU, "DB-R3-02"),
        ("I paid 49.90 EUR", "en", FactKind.AMOUNT, "49.90 EUR"),
        ("bought on 3 May 2026", "en", FactKind.DATE, "3 May 2026"),
        ("write to lena@shop.example", "en", FactKind.EMAIL, "lena@shop.example"),
    ],
)
def test_each_kind_is_found(text: str, language: str, kind: FactKind, value: str) -> None:
    assert kinds(text, language)[kind] == value


def test_spans_are_exact_and_in_order() -> None:
    text = "Order MV-2026-118420, tracking 1Z999AA10123456784, 3 May 2026"
    found = entities(text, "en")
    assert [entity.span.of(text) for entity in found] == [entity.text for entity in found]
    assert [entity.span.start for entity in found] == sorted(entity.span.start for entity in found)


def test_products_are_named_in_full_where_the_knowledge_does() -> None:
    text = "my R3 is dead"
    (found,) = entities(text, "en", [passage("Care", title="Drift R3 manual")])
    assert (found.kind, found.text, found.span.of(text)) == (FactKind.PRODUCT, "Drift R3", "R3")


@pytest.mark.parametrize("text", ["", "Where is my parcel?", "😀"])
def test_nothing_is_found_in_plain_words(text: str) -> None:
    assert entities(text, "en") == ()
