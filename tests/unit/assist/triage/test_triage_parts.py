from __future__ import annotations

import pytest

from engine.assist.triage.parts import parts


def said(text: str) -> list[str]:
    return [span.of(text).strip(" .?？。") for span in parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where is my parcel? I also need an invoice.", ["Where is my parcel", "I also need an invoice"]),
        ("I lost my password and how do I delete the account", ["I lost my password", "how do I delete the account"]),
        ("我想退货，另外发票抬头写错了", ["我想退货", "发票抬头写错了"]),
        ("返品したいです。それと領収書もください", ["返品したいです", "領収書もください"]),
        ("Hello! Where is my parcel?", ["Where is my parcel"]),
    ],
)
def test_a_message_is_split_where_it_may_turn(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", ["", "Where is my parcel?", "我想退货", "salt and pepper mills"])
def test_one_matter_is_not_split(text: str) -> None:
    assert parts(text) == []


def test_clauses_of_long_messages_are_looked_at() -> None:
    text = "The kettle arrived smashed, the courier only shrugged, and I paid 1,049.90 EUR for it in the end"
    assert "The kettle arrived smashed" in said(text)
    assert any("1,049.90" in each for each in said(text))


def test_there_are_not_endlessly_many() -> None:
    assert len(parts("Where is it? " * 100)) == 12
