"""Places that policies tell apart."""

from __future__ import annotations

import pytest

from engine.languages.folding import fold
from engine.languages.places import places


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Delivery to Switzerland and Norway", {"CH", "NO"}),
        ("the United Kingdom, UK", {"GB"}),
        ("mainland China", {"CN"}),
        ("香港及澳門", {"HK", "MO"}),
        ("港澳", {"HK", "MO"}),
        ("台灣地區", {"TW"}),
        ("大陆订单", {"CN"}),
        ("中国香港", {"HK"}),
        ("日本国内", {"JP"}),
        ("スイス", {"CH"}),
        ("write to us, please; the chin strap", set()),
        ("", set()),
    ],
)
def test_places_are_found_in_every_script(text: str, codes: set[str]) -> None:
    assert places(fold(text)) == codes


@pytest.mark.parametrize("text", ["free in the EU", "欧盟", "欧州連合・ヨーロッパ"])
def test_the_union_stands_for_its_members(text: str) -> None:
    assert {"NL", "DE", "FR"} <= places(fold(text))
    assert not {"GB", "CH", "NO"} & places(fold(text))
