"""Yes and no to the same thing, in many languages."""

from __future__ import annotations

import pytest

from engine.answering.polarity import contradicts


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("You cannot return goods.", "You can return goods."),
        ("Mop cloths can be returned once opened.", "Mop cloths cannot be returned once opened."),
        ("Order before noon.", "Order after noon."),
        ("It takes at least 5 days.", "It takes at most 5 days."),
        ("拖布拆封后可以退货。", "拖布拆封后不能退货。"),
        ("拆封後可以退貨。", "拆封後無法退貨。"),
        ("開封後も返品できます。", "開封後は返品できません。"),
        ("개봉 후 반품할 수 있습니다.", "개봉 후 반품할 수 없습니다."),
        ("Tücher können zurückgegeben werden.", "Tücher können nicht zurückgegeben werden."),
        ("Les filtres sont repris.", "Les filtres ne sont pas repris."),
        ("Los filtros se devuelven.", "Los filtros no se devuelven."),
        ("Os filtros podem ser devolvidos.", "Os filtros não podem ser devolvidos."),
        ("Насадки можно вернуть.", "Насадки вернуть нельзя."),
        ("يمكن إرجاع الفلتر.", "لا يمكن إرجاع الفلتر."),
        ("คืนสินค้าได้", "คืนสินค้าไม่ได้"),
        ("Có thể trả lại bộ lọc.", "Không thể trả lại bộ lọc."),
    ],
)
def test_a_denial_contradicts_in_both_directions(claim: str, evidence: str) -> None:
    assert contradicts(claim, [evidence])
    assert contradicts(evidence, [claim])
    assert not contradicts(claim, [claim])
    assert not contradicts(evidence, [evidence])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The kettle can't be returned.", "Returning the kettle is not possible."),
        ("Not only kettles can be returned.", "Kettles can be returned."),
        ("最多不超过5天。", "最多5天。"),
        ("不同型号可以退货。", "各型号可以退货。"),
        ("5営業日以内に連絡しなければなりません。", "5営業日以内に連絡する必要があります。"),
        ("无法退货。", "不能退货。"),
        ("The refund takes 5 days.", "退款需要5天。"),
    ],
)
def test_what_only_looks_like_a_denial_does_not_contradict(claim: str, evidence: str) -> None:
    assert not contradicts(claim, [evidence])


def test_a_denial_is_seen_across_languages() -> None:
    assert contradicts("You can return it once opened.", ["拆封后不能退货。"])


def test_each_clause_is_held_against_what_it_speaks_of() -> None:
    evidence = ["Kettles can be returned within 30 days.", "Opened mop cloths cannot be returned."]
    assert not contradicts("Kettles can be returned within 30 days, but opened mop cloths cannot.", evidence)
    assert contradicts("Kettles cannot be returned within 30 days.", evidence)
    assert contradicts("Opened mop cloths can be returned.", evidence)


def test_nothing_contradicts_no_evidence() -> None:
    assert not contradicts("It is not so.", [])
