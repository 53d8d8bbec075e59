"""Plain text as paragraphs."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from ingestion.parsers.paragraphs import split_paragraphs, title_of, write_paragraphs
from ingestion.parsers.writer import PieceWriter


def written(text: str) -> list[tuple[BlockKind, str]]:
    writer = PieceWriter()
    write_paragraphs(split_paragraphs(text), writer)
    return [(piece.kind, piece.text) for piece in writer.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One\nTwo", ["One", "Two"]),
        ("a long line of text that an editor has wrapped at\nsome column, so that the text goes on down here", 1),
        ("\u3000一段\u3000\n\n二段", ["一段", "二段"]),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str] | int) -> None:
    texts = [text for _, text in written(text)]
    assert len(texts) == expected if isinstance(expected, int) else texts == expected


def test_lists_keep_their_numbers_and_their_wrapped_lines() -> None:
    assert written("1. Open the\nlid\n2) Close it\n• Wait") == [
        (BlockKind.LIST_ITEM, "1. Open the lid"),
        (BlockKind.LIST_ITEM, "2) Close it"),
        (BlockKind.LIST_ITEM, "- Wait"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Descaling\n\nDo it.", "Descaling"),
        ("Descale it now.\n\nDo it.", ""),
        ("Descaling", ""),
        ("1. Descaling\n\nDo it.", ""),
        ("Two\nlines\n\nDo it.", ""),
        ("x" * 120 + "\n\nDo it.", ""),
        ("除垢说明\n\n请定期除垢。", "除垢说明"),
    ],
)
def test_a_first_line_that_stands_alone_is_the_title(text: str, title: str) -> None:
    assert title_of(split_paragraphs(text)) == title
