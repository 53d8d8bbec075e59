from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.domain.knowledge import BlockKind, DocumentKind
from engine.errors import InvalidInput
from ingestion.parsers.description import document
from ingestion.parsers.pieces import Piece

TEXT = Piece(BlockKind.PARAGRAPH, "You have 30 days.")


def heading(text: str, level: int) -> Piece:
    return Piece(BlockKind.HEADING, text, level=level)


@pytest.mark.parametrize(
    ("title", "field", "pieces", "expected"),
    [
        ("Given", "Field", [heading("Heading", 1)], "Given"),
        ("", "Field", [heading("Heading", 1)], "Field"),
        ("", "", [heading("Second", 2), heading("First", 1)], "First"),
        ("", "", [heading("Second", 2), heading("Third", 3)], "Second"),
        ("", "", [], "returns-policy"),
        (" \n ", "  ", [], "returns-policy"),
    ],
)
def test_title(title: str, field: str, pieces: list[Piece], expected: str) -> None:
    parsed = document([TEXT, *pieces], name="shop/returns-policy.md", title=title, fields={"title": field})
    assert parsed.title == expected


def test_a_name_without_extension_is_a_title() -> None:
    assert document([TEXT], name="README").title == "README"


def test_without_text_there_is_no_document() -> None:
    with pytest.raises(InvalidInput, match=r"empty\.md has no text"):
        document([Piece(BlockKind.PARAGRAPH, "\u200b")], name="empty.md", title="Title")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tags": ["a", "b", "a"]}, ("a", "b")),
        ({"tags": "warranty, battery ,"}, ("warranty", "battery")),
        ({"keywords": "退货、退款，运费"}, ("退货", "退款", "运费")),
        ({"tags": [], "keywords": "x"}, ("x",)),
        ({"tags": ["2026", None, {"nested": 1}]}, ("2026",)),
        ({}, ()),
    ],
)
def test_tags(fields: dict[str, object], expected: tuple[str, ...]) -> None:
    assert document([TEXT], name="a.md", fields=fields).tags == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "policy"}, DocumentKind.POLICY),
        ({"Kind": "FAQ"}, DocumentKind.FAQ),
        ({"type": "article", "category": "Manual"}, DocumentKind.MANUAL),
        ({"kind": "poem"}, None),
        ({}, None),
    ],
)
def test_kind(fields: dict[str, object], expected: DocumentKind | None) -> None:
    assert document([TEXT], name="a.md", fields=fields).kind is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"language": "zh-TW"}, "zh-Hant"),
        ({"lang": "ja-JP"}, "ja"),
        ({"ms.contentlocale": "zh-CN"}, "zh-Hans"),
        ({"language": "Klingon language"}, None),
        ({}, None),
    ],
)
def test_language(fields: dict[str, object], expected: str | None) -> None:
    assert document([TEXT], name="a.md", fields=fields).language == expected


@pytest.mark.parametrize(
    "value", [date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), "2026-03-01", "2026-03-01T00:00:00Z", " 2026-03-01 "]
)
def test_dates(value: object) -> None:
    parsed = document([TEXT], name="a.md", fields={"effective_from": value, "Effective_Until": value})
    assert parsed.effective_from == date(2026, 3, 1)
    assert parsed.effective_until == date(2026, 3, 1)
    assert parsed.warnings == ()


def test_a_date_that_is_none_gives_a_warning() -> None:
    parsed = document([TEXT], name="a.md", fields={"effective_from": "next spring"}, warnings=["First."])
    assert parsed.effective_from is None
    assert parsed.warnings == ("First.", "effective_from is not a date like 2026-01-31 and was ignored.")


def test_metadata_is_text_with_lower_case_names() -> None:
    fields = {"Author": "Service team", "Version": 3, "parts": ["a", 2], "empty": "", "nested": {"a": 1}, "none": None}
    parsed = document([TEXT], name="a.md", fields=fields)
    assert parsed.metadata == {"author": "Service team", "version": "3", "parts": "a, 2"}
