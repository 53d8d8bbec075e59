from __future__ import annotations

import pytest

from engine.domain.graph import NodeKind, Thing
from engine.insights.graph.naming import cells, error_codes, part_in, products

ROBOT = Thing(NodeKind.PRODUCT, "drift r3", "Drift R3")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The Drift R3 and the Breva K2 are here.", ["Drift R3", "Breva K2"]),
        ("ロボット掃除機 Drift R3 のお手入れ", ["Drift R3"]),
        ("满谷 Alto P5 净化器", ["Alto P5"]),
        ("Error E4 is shown, see page 12.", []),
        ("Your order MV-2026-118420 left on March 3.", []),
        ("Use iOS 15 or USB C2 cables.", []),
    ],
)
def test_a_product_is_a_name_before_a_code(text: str, labels: list[str]) -> None:
    found = list(products(text))
    assert [each.thing.label for each in found] == labels
    assert [each.span.of(text) for each in found] == labels


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The display shows error E4.", ["E4"]),
        ("屏幕显示错误代码 E12，请重启。", ["E12"]),
        ("エラーコード E7 が出ます。", ["E7"]),
        ("The E4 model is new.", []),
    ],
)
def test_an_error_code_follows_its_word(text: str, codes: list[str]) -> None:
    found = list(error_codes(text, ROBOT))
    assert [each.thing.label for each in found] == [f"Drift R3 {code}" for code in codes]
    assert [each.span.of(text) for each in found] == codes
    assert all(each.thing.key == f"drift r3 {code.lower()}" for each, code in zip(found, codes, strict=True))


def test_a_row_has_cells_with_headings() -> None:
    row = "Code: E1; Meaning: Side brush stuck; What to do: Switch off"
    assert [(each.heading, each.text, each.span.of(row)) for each in cells(row)] == [
        ("Code", "E1", "E1"),
        ("Meaning", "Side brush stuck", "Side brush stuck"),
        ("What to do", "Switch off", "Switch off"),
    ]
    assert [each.heading for each in cells("場所：フィルター；頻度：週1回")] == ["場所", "頻度"]
    assert cells("A plain sentence.") == ()


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("Code: E1; Meaning: stuck", (NodeKind.ERROR_CODE, "Drift R3 E1")),
        ("Code: twelve; Meaning: stuck", None),
        ("Part: Roller brush (both); Change: yearly", (NodeKind.PART, "Drift R3: Roller brush")),
        ("場所：フィルター；頻度：週1回", (NodeKind.PART, "Drift R3: フィルター")),
        ("What: Motor of the Breva K2; How long: 3 years", (NodeKind.PART, "Breva K2: Motor")),
        ("対象：Breva K2 のモーター；期間：3年", (NodeKind.PART, "Breva K2: モーター")),
        ("Shop: Japan; Time: 3 days", None),
        (f"Look inside first: the brush of the Drift R3 {'travels ' * 9}", None),
    ],
)
def test_the_first_cell_of_a_row_names_a_part_or_an_error(row: str, named: tuple[NodeKind, str] | None) -> None:
    found = part_in(cells(row)[0], ROBOT)
    assert (found and (found.thing.kind, found.thing.label)) == named


def test_a_part_of_no_product_is_none() -> None:
    assert part_in(cells("Part: Filter; Price: 9 EUR")[0], None) is None
