from __future__ import annotations

import pytest

from engine.languages.capitals import capitalized


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("use citric acid.", "Use citric acid."),
        ("Use citric acid.", "Use citric acid."),
        ("a lamp", "A lamp"),
        ("überall", "Überall"),
        ("élan", "Élan"),
        ("чайник", "Чайник"),
        ("eSIM cards are free.", "eSIM cards are free."),
        ("iPhones and Macs", "iPhones and Macs"),
        ("pH 7", "pH 7"),
        ("ßo", "ßo"),
        ("ﬁlter", "ﬁlter"),
        ("退货", "退货"),
        ("返品", "返品"),
        ("반품", "반품"),
        ("คืนสินค้า", "คืนสินค้า"),
        ("إرجاع", "إرجاع"),
        ("3 days", "3 days"),
        (" spaced", " spaced"),
        ("", ""),
    ],
)
def test_a_text_begins_with_a_capital_where_it_may(text: str, written: str) -> None:
    assert capitalized(text) == written
    assert len(capitalized(text)) == len(text)
    assert capitalized(capitalized(text)) == capitalized(text)
